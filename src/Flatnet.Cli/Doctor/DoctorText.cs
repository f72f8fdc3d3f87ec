using Flatnet.Cli.Terminal;

namespace Flatnet.Cli.Doctor;

/// <summary>The report for people.</summary>
internal static class DoctorText
{
    private const int RuleWidth = 51;
    private const string Indent = "      ";
    private const string Green = "\e[32m";
    private const string Yellow = "\e[33m";
    private const string Red = "\e[31m";
    private const string Bold = "\e[1m";
    private const string Reset = "\e[0m";

    public static void WriteHeading(TextWriter output) => output.Write("Running system diagnostics...\n");

    public static void Write(TextWriter output, DoctorReport report, bool verbose, bool color)
    {
        string category = "";
        foreach (CheckReport check in report.Checks)
        {
            if (check.Check.Category != category)
            {
                category = check.Check.Category;
                output.Write($"\n{Paint(category, Bold, color)}\n");
            }

            WriteCheck(output, check, verbose, color);
        }

        WriteFixes(output, report, color);
        output.Write($"\n{new string('━', RuleWidth)}\n");
        output.Write($"Summary: {report.Count(CheckStatus.Pass)} passed, {report.Count(CheckStatus.Warning)} warnings, {report.Count(CheckStatus.Fail)} failed\n");
    }

    /// <summary>Only what is wrong; nothing at all when nothing is.</summary>
    public static void WriteQuiet(TextWriter output, DoctorReport report)
    {
        foreach (CheckReport check in report.Checks.Where(check => check.Status != CheckStatus.Pass))
        {
            string level = check.Status == CheckStatus.Fail ? "[FAIL]" : "[WARN]";
            output.Write($"{level} {check.Check.Category}/{check.Check.Name}: {Safe(check.Result.Message)}\n");
            if (check.Result.Suggestion is { } suggestion)
            {
                output.Write($"  -> {Safe(suggestion)}\n");
            }
        }

        foreach (FixReport fix in report.Fixes ?? [])
        {
            output.Write(fix.Done is { } done ? $"[FIXED] {Safe(done)}\n" : $"[FAIL] could not {Safe(fix.Description)}: {Safe(fix.Problem!)}\n");
        }
    }

    private static void WriteCheck(TextWriter output, CheckReport check, bool verbose, bool color)
    {
        bool passed = check.Status == CheckStatus.Pass;
        (string sign, string paint) = check.Status switch
        {
            CheckStatus.Pass => ("✓", Green),
            CheckStatus.Warning => ("!", Yellow),
            _ => ("✗", Red),
        };
        output.Write($"  [{Paint(sign, paint, color)}] {(passed && !verbose ? check.Check.Name : Safe(check.Result.Message))}\n");
        if (!passed || verbose)
        {
            foreach (string line in check.Result.Details)
            {
                output.Write($"{Indent}{Safe(line)}\n");
            }
        }

        if (check.Result.Suggestion is { } suggestion)
        {
            output.Write($"{Indent}{(color ? "→" : "->")} {Safe(suggestion)}\n");
        }
    }

    private static void WriteFixes(TextWriter output, DoctorReport report, bool color)
    {
        if (report.Fixes is not { } fixes)
        {
            return;
        }

        output.Write($"\n{Paint("Fixes", Bold, color)}\n");
        if (fixes.IsEmpty)
        {
            output.Write("  Nothing that can be fixed without risk.\n");
        }

        foreach (FixReport fix in fixes)
        {
            output.Write(fix.Done is { } done
                ? $"  [{Paint("✓", Green, color)}] {Safe(done)}\n"
                : $"  [{Paint("✗", Red, color)}] could not {Safe(fix.Description)}: {Safe(fix.Problem!)}\n");
        }
    }

    private static string Safe(string text) => SafeText.For(text, keepColors: false);

    private static string Paint(string text, string paint, bool color) => color ? paint + text + Reset : text;
}
