using System.Collections.Immutable;
using Flatnet.Settings;

namespace Flatnet.Server.Live;

internal sealed partial record LiveOptions
{
    public static ImmutableArray<SettingKey> Keys { get; } =
    [
        new("live.backlogLines", SettingKind.Whole, "5000", "How many lines may wait for a viewer before it goes on at the live edge, with a gap.") { Variables = ["FLATNET_LIVE_BACKLOG_LINES"], Least = 1 },
        new("live.backlogSize", SettingKind.Size, "1MiB", "The same in bytes.") { Variables = ["FLATNET_LIVE_BACKLOG_SIZE"], Least = 64 << 10, Most = 1 << 30 },
    ];

    public static LiveOptions From(SettingValues values) => new()
    {
        BacklogLines = values.Whole("live.backlogLines"),
        BacklogBytes = values.Size("live.backlogSize"),
    };
}
