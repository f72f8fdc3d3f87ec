using System.Collections.Immutable;
using System.Text;

namespace Flatnet.Loki.Pushing;

/// <summary>Loki's rules for what is written, checked before anything is sent.</summary>
internal static class PushRules
{
    private const int MostLabels = 15;
    private const int LongestName = 1024;
    private const int LongestValue = 2048;
    private const int MostMetadata = 128;

    /// <exception cref="ArgumentException">A rule is broken; the message says which.</exception>
    public static void Validate(LokiPushLines stream)
    {
        if (stream.Labels.Count is 0 or > MostLabels)
        {
            throw new ArgumentException($"A stream has {stream.Labels.Count} labels; Loki takes 1 to {MostLabels}.");
        }

        foreach (var (name, value) in stream.Labels)
        {
            if (!LogQl.IsLabelName(name) || name.StartsWith("__", StringComparison.Ordinal) || name.Length > LongestName)
            {
                throw new ArgumentException($"'{name}' cannot be a label: letters, digits and _ are allowed, not beginning with a digit or __.");
            }

            if (Encoding.UTF8.GetByteCount(value) > LongestValue)
            {
                throw new ArgumentException($"The value of label '{name}' is longer than {LongestValue} bytes.");
            }
        }

        if (stream.Entries.Any(static entry => entry.Metadata?.Count > MostMetadata))
        {
            throw new ArgumentException($"A line has more than {MostMetadata} values of metadata.");
        }
    }

    /// <summary>
    /// Moves repeated lines with equal times apart by a nanosecond. What follows them at the same time moves along, so that the
    /// order stays.
    /// </summary>
    public static ImmutableArray<LokiPushEntry> Distinct(ImmutableArray<LokiPushEntry> entries)
    {
        var taken = new HashSet<(long Timestamp, string Line)>();
        var moved = ImmutableArray.CreateBuilder<LokiPushEntry>(entries.Length);
        var (previous, given) = (long.MinValue, long.MinValue);
        foreach (var entry in entries)
        {
            var timestamp = entry.Timestamp >= previous ? Math.Max(entry.Timestamp, given) : entry.Timestamp;
            while (!taken.Add((timestamp, entry.Line)))
            {
                timestamp++;
            }

            (previous, given) = (entry.Timestamp, timestamp);
            moved.Add(timestamp == entry.Timestamp ? entry : entry with { Timestamp = timestamp });
        }

        return moved.MoveToImmutable();
    }
}
