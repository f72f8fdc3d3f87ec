using System.Text;
using Flatnet.Logs;

namespace Flatnet.Server.Ingest;

/// <summary>What lines weigh: every bound on waiting lines counts with it.</summary>
internal static class EntrySize
{
    /// <summary>The object, its time, its numbers: about what a line takes beside its texts.</summary>
    private const int Fixed = 128;

    public static long Of(IReadOnlyList<LogEntry> entries)
    {
        long sum = 0;
        foreach (LogEntry entry in entries)
        {
            sum += Of(entry);
        }

        return sum;
    }

    public static long Of(LogEntry entry) => Fixed + OfMessage(entry) + (entry.Metadata?.Length ?? 0);

    public static int OfMessage(LogEntry entry) => Encoding.UTF8.GetByteCount(entry.Message);
}
