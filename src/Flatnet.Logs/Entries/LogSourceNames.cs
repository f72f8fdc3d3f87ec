namespace Flatnet.Logs;

/// <summary>What the sources are called on the wire: <c>stdout</c>, <c>stderr</c>, <c>agent</c>.</summary>
public static class LogSourceNames
{
    /// <summary>The name, in small letters.</summary>
    public static string Name(this LogSource source) => source switch
    {
        LogSource.Stdout => "stdout",
        LogSource.Stderr => "stderr",
        _ => "agent",
    };

    /// <summary>Understands exactly the three names.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out LogSource source)
    {
        source = text switch
        {
            "stdout" => LogSource.Stdout,
            "stderr" => LogSource.Stderr,
            "agent" => LogSource.Agent,
            _ => 0,
        };
        return source != 0;
    }
}
