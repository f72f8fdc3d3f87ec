using System.Collections.Immutable;
using Flatnet.Logs.Redaction;
using Flatnet.Settings;

namespace Flatnet.Server.Ingest;

internal sealed partial record IngestOptions
{
    public static ImmutableArray<SettingKey> Keys { get; } =
    [
        new("ingest.queueSize", SettingKind.Size, "32MiB", "How much may wait to be committed; writers beyond it wait.") { Variables = ["FLATNET_INGEST_QUEUE_SIZE"], Least = 1 << 20, Most = 4L << 30 },
        new("ingest.commitSize", SettingKind.Size, "4MiB", "About how much one commit takes.") { Variables = ["FLATNET_INGEST_COMMIT_SIZE"], Least = 64 << 10, Most = 256 << 20 },
        new("ingest.commitLines", SettingKind.Whole, "10000", "How many lines one commit takes.") { Variables = ["FLATNET_INGEST_COMMIT_LINES"], Least = 1, Most = 1_000_000 },
        new("filters.includePatterns", SettingKind.List, ".*", "Lines that are kept: those that one of these regular expressions matches.") { Variables = ["FLATNET_FILTERS_INCLUDE_PATTERNS"] },
        new("filters.excludePatterns", SettingKind.List, string.Join(',', LogFilterOptions.DefaultExcludePatterns), "Lines that are masked or dropped. The default stands for the secrets that are always masked.")
        {
            Variables = ["FLATNET_FILTERS_EXCLUDE_PATTERNS"],
        },
        new("filters.mode", SettingKind.Text, "mask", "What happens to what is excluded.") { Variables = ["FLATNET_FILTERS_MODE"], Choices = ["mask", "drop"] },
        new("filters.maxMessageLength", SettingKind.Whole, "8192", "Bytes of a message; the rest is cut off.")
        {
            Variables = ["FLATNET_FILTERS_MAX_MESSAGE_LENGTH"],
            Least = LogFilterOptions.LeastMessageLength,
            Most = 1 << 20,
        },
    ];

    public static IngestOptions From(SettingValues values) => new()
    {
        QueueBytes = values.Size("ingest.queueSize"),
        CommitBytes = values.Size("ingest.commitSize"),
        CommitLines = values.Whole("ingest.commitLines"),
        Filters = new LogFilterOptions
        {
            IncludePatterns = values.List("filters.includePatterns"),
            ExcludePatterns = values.List("filters.excludePatterns"),
            Mode = values.Text("filters.mode") == "drop" ? RedactionMode.Drop : RedactionMode.Mask,
            MaxMessageLength = values.Whole("filters.maxMessageLength"),
        },
    };
}
