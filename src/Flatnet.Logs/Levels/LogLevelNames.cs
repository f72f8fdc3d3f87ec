using System.Collections.Frozen;

namespace Flatnet.Logs;

/// <summary>What programs and people call the levels.</summary>
public static class LogLevelNames
{
    private static readonly FrozenDictionary<string, LogLevel> Levels = new Dictionary<string, LogLevel>
    {
        ["trace"] = LogLevel.Trace,
        ["trce"] = LogLevel.Trace,
        ["trc"] = LogLevel.Trace,
        ["verbose"] = LogLevel.Trace,
        ["vrb"] = LogLevel.Trace,
        ["debug"] = LogLevel.Debug,
        ["debu"] = LogLevel.Debug,
        ["dbug"] = LogLevel.Debug,
        ["dbg"] = LogLevel.Debug,
        ["info"] = LogLevel.Info,
        ["inf"] = LogLevel.Info,
        ["information"] = LogLevel.Info,
        ["notice"] = LogLevel.Info,
        ["note"] = LogLevel.Info,
        ["warn"] = LogLevel.Warn,
        ["warning"] = LogLevel.Warn,
        ["wrn"] = LogLevel.Warn,
        ["error"] = LogLevel.Error,
        ["erro"] = LogLevel.Error,
        ["err"] = LogLevel.Error,
        ["fail"] = LogLevel.Error,
        ["fatal"] = LogLevel.Fatal,
        ["fata"] = LogLevel.Fatal,
        ["ftl"] = LogLevel.Fatal,
        ["crit"] = LogLevel.Fatal,
        ["critical"] = LogLevel.Fatal,
        ["severe"] = LogLevel.Fatal,
        ["panic"] = LogLevel.Fatal,
        ["pani"] = LogLevel.Fatal,
        ["alert"] = LogLevel.Fatal,
        ["emerg"] = LogLevel.Fatal,
        ["emergency"] = LogLevel.Fatal,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, LogLevel>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Levels.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The level's own name in capitals, as it is shown: <c>WARN</c>.</summary>
    public static string Name(this LogLevel level) => level switch
    {
        LogLevel.Trace => "TRACE",
        LogLevel.Debug => "DEBUG",
        LogLevel.Info => "INFO",
        LogLevel.Warn => "WARN",
        LogLevel.Error => "ERROR",
        _ => "FATAL",
    };

    /// <summary>Understands the names and short forms that programs use, in any case.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out LogLevel level) => Lookup.TryGetValue(text, out level);
}
