using System.Runtime.CompilerServices;
using Flatnet.Podman;

namespace Flatnet.Cli.Tests.Logs;

/// <summary>A container's log in memory that does what a query says, and reuses its memory as a real one does.</summary>
internal sealed class FakeLog(IReadOnlyList<LogRecord> records) : IContainerLog
{
    public string Source => "file";

    public async IAsyncEnumerable<LogRecord> ReadAsync(LogQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.Yield();
        LogRecord[] wanted = [.. records.Where(record =>
            record.Timestamp >= (query.Since ?? 0) && record.Timestamp < (query.Until ?? long.MaxValue) && query.Filter?.IsMatch(record) != false)];
        byte[] reused = new byte[4096];
        foreach (LogRecord record in query.Tail is { } tail ? wanted.TakeLast(tail) : wanted)
        {
            reused.AsSpan().Fill((byte)'#');
            record.Text.CopyTo(reused);
            yield return record with { Text = reused.AsMemory(0, record.Text.Length) };
        }
    }
}
