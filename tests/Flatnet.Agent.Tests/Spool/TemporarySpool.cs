using System.Text;
using Flatnet.Agent.Spool;

namespace Flatnet.Agent.Tests.Spool;

/// <summary>A spool of its own for one test.</summary>
internal sealed class TemporarySpool : IDisposable
{
    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory("flatnet-spool-");

    public TemporarySpool(long maxBytes = 1 << 20, SpoolOverflow overflow = SpoolOverflow.Block) =>
        Directory = new SpoolDirectory(new SpoolOptions(_directory.FullName) { MaxBytes = maxBytes, Overflow = overflow });

    public SpoolDirectory Directory { get; }

    public string Path => _directory.FullName;

    public string[] Segments => System.IO.Directory.GetFiles(Path, "*.seg", SearchOption.AllDirectories).Order().ToArray();

    public void Dispose() => _directory.Delete(recursive: true);

    /// <summary>Appends lines <c>{"n":first}</c> to <c>{"n":last}</c>, so many in one write.</summary>
    public static void Append(SpoolStream stream, int first, int last, int perWrite = 10)
    {
        var records = new RecordBuffer(stream.StreamId);
        for (int n = first; n <= last; n++)
        {
            records.Add(RecordKind.Line, n, Line(n));
            if (records.Lines == perWrite || n == last)
            {
                stream.Writer!.Append(records);
                records.Clear();
            }
        }
    }

    public static byte[] Line(int n) => Encoding.UTF8.GetBytes($$"""{"n":{{n}}}""");

    /// <summary>Everything after a sequence that is there now.</summary>
    public static async Task<List<(long Sequence, string Text)>> ReadAll(SpoolStream stream, long after = 0, int maxLines = 7, int maxBytes = 4096)
    {
        var lines = new List<(long, string)>();
        while (stream.IsComplete || after < stream.LastSequence)
        {
            using SpoolBatch? batch = await stream.ReadAsync(after, maxLines, maxBytes, CancellationToken.None);
            if (batch is null)
            {
                break;
            }

            Assert.InRange(batch.Lines.Count, 1, maxLines);
            foreach (ReadOnlyMemory<byte> line in batch.Lines)
            {
                string text = Encoding.UTF8.GetString(line.Span);
                lines.Add((long.Parse(text[5..^1]), text));
            }

            after = batch.LastSequence;
        }

        return lines;
    }
}
