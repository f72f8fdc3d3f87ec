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

        await foreach (LogLine line in LineMerge.Merge(
            [.. present.Select(file => file.ReadAsync(query, cancellation))], query.Follow, time, cancellation).ConfigureAwait(false))
        {
            yield return line;
        }
    }
}
