using System.Collections.Immutable;
using Flatnet.Settings;

namespace Flatnet.Server.Limits;

/// <summary>How much one asker may do; 0 switches a limit off.</summary>
internal sealed record LimitOptions
{
    /// <summary>Requests that read logs, per asker.</summary>
    public int ReadsPerMinute { get; init; } = 1_000;

    /// <summary>WebSocket connections begun, per asker.</summary>
    public int ConnectsPerMinute { get; init; } = 100;

    /// <summary>Messages that carry lines, per connection.</summary>
    public int FramesPerMinute { get; init; } = 10_000;

    /// <summary>Lines of one task, in the long run.</summary>
    public int LinesPerSecond { get; init; } = 1_000;

    /// <summary>Lines of one task at once, after a pause.</summary>
    public int LinesBurst { get; init; } = 10_000;

    /// <summary>Credentials refused, per address.</summary>
    public int FailuresPerMinute { get; init; } = 60;

    /// <summary>Attempts to log in, per user and per address.</summary>
    public int LoginsPerMinute { get; init; } = 10;

    public static ImmutableArray<SettingKey> Keys { get; } =
    [
        Key("limits.readsPerMinute", "1000", "Requests that read logs, per asker and minute; 0 for no limit.", "FLATNET_LIMITS_READS_PER_MINUTE"),
        Key("limits.connectsPerMinute", "100", "WebSocket connections begun, per asker and minute; 0 for no limit.", "FLATNET_LIMITS_CONNECTS_PER_MINUTE"),
        Key("limits.framesPerMinute", "10000", "Messages that carry lines, per connection and minute; faster senders are slowed down. 0 for no limit.", "FLATNET_LIMITS_FRAMES_PER_MINUTE"),
        Key("limits.linesPerSecond", "1000", "Lines of a task and second in the long run; faster senders are slowed down. 0 for no limit.", "FLATNET_LIMITS_LINES_PER_SECOND"),
        Key("limits.linesBurst", "10000", "Lines of a task at once, after a pause.", "FLATNET_LIMITS_LINES_BURST"),
        Key("limits.failuresPerMinute", "60", "Refused credentials, per address and minute; 0 for no limit.", "FLATNET_LIMITS_FAILURES_PER_MINUTE"),
        Key("limits.loginsPerMinute", "10", "Attempts to log in, per user, per address and minute; 0 for no limit.", "FLATNET_LIMITS_LOGINS_PER_MINUTE"),
    ];

    public static LimitOptions From(SettingValues values) => new()
    {
        ReadsPerMinute = values.Whole("limits.readsPerMinute"),
        ConnectsPerMinute = values.Whole("limits.connectsPerMinute"),
        FramesPerMinute = values.Whole("limits.framesPerMinute"),
        LinesPerSecond = values.Whole("limits.linesPerSecond"),
        LinesBurst = values.Whole("limits.linesBurst"),
        FailuresPerMinute = values.Whole("limits.failuresPerMinute"),
        LoginsPerMinute = values.Whole("limits.loginsPerMinute"),
    };

    private static SettingKey Key(string path, string standard, string description, string variable) =>
        new(path, SettingKind.Whole, standard, description) { Variables = [variable], Least = 0, Most = int.MaxValue };
}
