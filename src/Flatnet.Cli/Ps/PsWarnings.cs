using Flatnet.Cli.Terminal;

namespace Flatnet.Cli.Ps;

/// <summary>Prints warnings.</summary>
internal static class PsWarnings
{
    public static void Write(TextWriter error, IEnumerable<string> warnings)
    {
        foreach (string warning in warnings)
        {
            error.Write(Line(warning));
        }
    }

    /// <summary>A warning as a line; names in it are somebody else's.</summary>
    public static string Line(string warning) => "Warning: " + SafeText.For(warning, keepColors: false) + "\n";
}
