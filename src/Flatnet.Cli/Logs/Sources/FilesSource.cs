using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Flatnet.Cli.Logs;

/// <summary>A component's log files as one, in the order of time.</summary>
internal sealed class FilesSource(ImmutableArray<FileSource> files, TimeProvider time) : ILogSource
{
    public LogOrigin Origin => files[0].Origin;

    public string Description => files.Length == 1 ? "the log file" : "the log files";

    public bool CanApply(LineFilter filter) => true;

    public IEnumerable<long?> Windows(long until) => [null];

    public async IAsyncEnumerable<LogLine> ReadAsync(LineQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ImmutableArray<FileSource> present = files.Length == 1 ? files : [.. files.Where(file => file.Exists)];
        if (present.IsEmpty)
        {
            throw new SourceUnavailableException("there is none of them", isEmpty: true);
        }

        IAsyncEnumerable<LogLine> all = LineMerge.Merge(
            [.. present.Select(file => file.ReadAsync(query, cancellation))], query.Follow, time, cancellation);
        // Each file has as many last lines as are wanted of all.
        bool isTooMuch = present.Length > 1 && query.Tail is not null && !query.Follow;
        await foreach (LogLine line in (isTooMuch ? LastAsync(all, query.Tail!.Value) : all).ConfigureAwait(false))
        {
            yield return line;
        }
    }

    private static async IAsyncEnumerable<LogLine> LastAsync(IAsyncEnumerable<LogLine> lines, int count)
    {
        var last = new Queue<LogLine>();
        await foreach (LogLine line in lines.ConfigureAwait(false))
        {
            last.Enqueue(line.Kept());
            if (last.Count > count)
            {
                last.Dequeue();
            }
        }

        foreach (LogLine line in last)
        {
            yield return line;
        }
    }
}
