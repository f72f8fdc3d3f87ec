using Flatnet.Cli.Terminal;

namespace Flatnet.Cli.Status;

/// <summary>The report as a box with rounded corners.</summary>
internal static class StatusBox
{
    private const int Width = 55;
    private const int Inner = Width - 4;
    private const int NameWidth = 12;
    private const int StateWidth = 10;
    private const int DetailsWidth = Inner - NameWidth - StateWidth - 4;
    private const string Title = "Flatnet System Status";

    private const string Green = "\e[32m";
    private const string Yellow = "\e[33m";
    private const string Red = "\e[31m";
    private const string Bold = "\e[1m";
    private const string Reset = "\e[0m";

    public static void Write(TextWriter output, StatusReport report, bool color)
    {
        string line = new('─', Width - 2);
        output.Write($"╭{line}╮\n");
        output.Write($"│ {Paint(DisplayWidth.Pad(Title, Inner), Bold, color)} │\n");
        output.Write($"├{line}┤\n");
        foreach (ComponentStatus row in report.Components)
        {
            (string sign, string paint) = SignOf(row.State);
            string state = Paint($"{sign} {DisplayWidth.Pad(row.State.ToString(), StateWidth)}", paint, color);
            string details = DisplayWidth.Pad(Cut(SafeText.For(row.Details, keepColors: false)), DetailsWidth);
            output.Write($"│ {DisplayWidth.Pad(row.Name, NameWidth)} {state} {details} │\n");
        }

        output.Write($"╰{line}╯\n");
        WriteFooter(output, report);
    }

    private static void WriteFooter(TextWriter output, StatusReport report)
    {
        if (report.Containers > 0 || report.Uptime is not null)
        {
            output.Write('\n');
        }

        if (report.Containers > 0)
        {
            output.Write($"Containers: {report.Containers} running\n");
        }

        if (report.Uptime is { } uptime)
        {
            output.Write($"Uptime: {SafeText.For(uptime, keepColors: false)}\n");
        }
    }

    private static (string Sign, string Paint) SignOf(ComponentState state) => state switch
    {
        ComponentState.Running or ComponentState.Ready or ComponentState.Connected => ("●", Green),
        ComponentState.Warning or ComponentState.Disabled => ("●", Yellow),
        _ => ("○", Red),
    };

    private static string Cut(string text)
    {
        if (DisplayWidth.Of(text) <= DetailsWidth)
        {
            return text;
        }

        string kept = text;
        while (DisplayWidth.Of(kept) > DetailsWidth - 3)
        {
            kept = kept[..^(kept.Length > 1 && char.IsLowSurrogate(kept[^1]) ? 2 : 1)];
        }

        return kept + "...";
    }

    private static string Paint(string text, string paint, bool color) => color ? paint + text + Reset : text;
}
