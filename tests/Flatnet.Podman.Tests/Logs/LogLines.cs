using System.Text;
using Flatnet.Podman.Logs;

namespace Flatnet.Podman.Tests.Logs;

/// <summary>Short ways to write and read lines in tests.</summary>
internal static class LogLines
{
    /// <summary>21 November 2026, noon.</summary>
    public const long Noon = 1_795_262_400L * Rfc3339.Second;

    public static string At(long time)
    {
        return Rfc3339.Format(time).Replace("Z", "+00:00", StringComparison.Ordinal);
    }

    public static string Record(int number, string text, string channel = "stdout", char tag = 'F')
    {
        return $"{At(Noon + number)} {channel} {tag} {text}\n";
    }

    public static string Text(this LogRecord line)
    {
        return Encoding.UTF8.GetString(line.Text.Span);
    }

    public static string Show(this LogRecord line)
    {
        return $"{line.Timestamp} {line.Channel} {Convert.ToHexString(line.Text.Span)}";
    }

    public static async Task<List<LogRecord>> ToListAsync(this IAsyncEnumerable<LogRecord> lines)
    {
        List<LogRecord> list = [];
        await foreach (LogRecord line in lines)
        {
            list.Add(line);
        }

        return list;
    }

    public static List<LogRecord> Read(this IContainerLog log, LogQuery query)
    {
        return log.ReadAsync(query, CancellationToken.None).ToListAsync().GetAwaiter().GetResult();
    }
}
