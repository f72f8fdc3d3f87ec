using Flatnet.Cli.Hosting;
using Flatnet.Cli.Terminal;

namespace Flatnet.Cli.Ps.Formats;

/// <summary>Chooses the format that the options ask for.</summary>
internal static class PsFormats
{
    private const string TablePrefix = "table ";

    /// <exception cref="CommandException">The template makes no sense.</exception>
    public static IPsFormat Choose(PsOptions options, TerminalInfo terminal)
    {
        if (options.Json)
        {
            return new JsonFormat(options, isCompact: options.Watch is not null);
        }

        return options.Format switch
        {
            null when options.Quiet => new QuietFormat(options.NoTruncate),
            null or "table" => new TableFormat(options, terminal.Color),
            var format when format.StartsWith(TablePrefix, StringComparison.Ordinal) =>
                new TemplateTableFormat(format[TablePrefix.Length..].TrimStart(), options),
            var format => new TemplateFormat(format, options, terminal),
        };
    }
}
