using Flatnet.Agent.Pipeline;
using Flatnet.Agent.Spool;

namespace Flatnet.Agent.Tests.Spool;

/// <summary>What is appended is read, trimmed when it is acknowledged, and found again by the next agent.</summary>
public sealed class SpoolStreamTests
{
    [Fact]
    public async Task Lines_are_read_in_order_from_any_place()
    {
        using var spool = new TemporarySpool(maxBytes: 40_000);
        using SpoolStream stream = spool.Directory.Create("task");
        TemporarySpool.Append(stream, 1, 900);

        Assert.Equal(Enumerable.Range(1, 900).Select(n => (long)n), (await TemporarySpool.ReadAll(stream)).Select(line => line.Sequence));
        Assert.Equal(Enumerable.Range(451, 450).Select(n => (long)n), (await TemporarySpool.ReadAll(stream, after: 450)).Select(line => line.Sequence));
        Assert.Equal(Enumerable.Range(1, 900).Select(n => (long)n), (await TemporarySpool.ReadAll(stream, after: 0, maxLines: 500)).Select(line => line.Sequence));
        Assert.Equal(0, stream.Damages);
    }

    [Fact]
    public async Task A_line_longer_than_a_batch_comes_alone()
    {
        using var spool = new TemporarySpool();
        using SpoolStream stream = spool.Directory.Create("task");
        var records = new RecordBuffer(stream.StreamId);
        records.Add(RecordKind.Line, 1, TemporarySpool.Line(1));
        records.Add(RecordKind.Line, 2, new byte[10_000]);
        records.Add(RecordKind.Line, 3, TemporarySpool.Line(3));
        stream.Writer!.Append(records);

        using SpoolBatch? first = await stream.ReadAsync(0, 500, 4096, CancellationToken.None);
        using SpoolBatch? second = await stream.ReadAsync(1, 500, 4096, CancellationToken.None);
        using SpoolBatch? third = await stream.ReadAsync(2, 500, 4096, CancellationToken.None);
        Assert.Equal([1, 2, 3], [first!.LastSequence, second!.LastSequence, third!.LastSequence]);
        Assert.Equal(10_000, Assert.Single(second.Lines).Length);
    }

    [Fact]
    public async Task A_reader_waits_for_lines_and_for_the_end()
    {
        using var spool = new TemporarySpool();
        using SpoolStream stream = spool.Directory.Create("task");
        Task<SpoolBatch?> waiting = stream.ReadAsync(0, 500, 4096, CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);
        TemporarySpool.Append(stream, 1, 1);
        using SpoolBatch? batch = await waiting.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(1, batch!.LastSequence);

        waiting = stream.ReadAsync(1, 500, 4096, CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);
        stream.Writer!.Complete(new TaskOutcome(3));
        Assert.Null(await waiting.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal(new TaskOutcome(3), stream.Outcome);
    }

    [Fact]
    public void Acknowledged_segments_go_and_the_last_one_stays()
    {
        using var spool = new TemporarySpool(maxBytes: 40_000);
        using SpoolStream stream = spool.Directory.Create("task");
        TemporarySpool.Append(stream, 1, 900);
        int before = spool.Segments.Length;
        Assert.True(before > 3);

        stream.Acknowledge(450);
        Assert.InRange(spool.Segments.Length, 2, before - 1);
        Assert.True(stream.OldestAge > TimeSpan.Zero);
        stream.Acknowledge(5000);
        Assert.Single(spool.Segments);
        Assert.Equal((900, 900), (stream.Acknowledged, stream.LastSequence));
        Assert.Equal(TimeSpan.Zero, stream.OldestAge);
        Assert.Equal(new FileInfo(spool.Segments[0]).Length, stream.Bytes);
    }

    [Fact]
    public async Task A_stream_that_was_left_behind_is_found_once_and_gone_when_it_is_delivered()
    {
        using var spool = new TemporarySpool(maxBytes: 40_000);
        using (SpoolStream stream = spool.Directory.Create("task"))
        {
            TemporarySpool.Append(stream, 1, 300);
            stream.Acknowledge(120);
            Assert.Empty(spool.Directory.OpenLeftovers());
            stream.Writer!.Complete(new TaskOutcome(137));
        }

        using SpoolStream left = Assert.Single(spool.Directory.OpenLeftovers());
        Assert.Empty(spool.Directory.OpenLeftovers());
        Assert.Null(left.Writer);
        Assert.Equal(("task", 120, 300), (left.TaskId, left.Acknowledged, left.LastSequence));
        Assert.Equal(new TaskOutcome(137), left.Outcome);
        Assert.Equal(Enumerable.Range(121, 180).Select(n => (long)n), (await TemporarySpool.ReadAll(left, left.Acknowledged)).Select(line => line.Sequence));

        Assert.False(left.Remove());
        left.Acknowledge(300);
        Assert.True(left.Remove());
        Assert.False(Directory.Exists(Path.Combine(spool.Path, "task")));
    }

    [Fact]
    public void Nobody_else_may_look_into_it()
    {
        using var spool = new TemporarySpool();
        using SpoolStream stream = spool.Directory.Create("task");
        TemporarySpool.Append(stream, 1, 1);
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        foreach (string path in Directory.EnumerateFileSystemEntries(spool.Path, "*", SearchOption.AllDirectories))
        {
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(path) & Others);
        }

        File.SetUnixFileMode(spool.Path, (UnixFileMode)0x1FF);
        Assert.Contains("chmod 700", Assert.Throws<SpoolException>(() => spool.Directory.Create("other")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../task")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("status")]
    public void A_name_that_is_no_task_makes_no_directory(string taskId)
    {
        using var spool = new TemporarySpool();
        Assert.Throws<SpoolException>(() => spool.Directory.Create(taskId));
        Assert.Empty(Directory.GetFileSystemEntries(spool.Path));
    }

    [Fact]
    public void A_link_in_place_of_a_file_is_refused()
    {
        using var spool = new TemporarySpool();
        string target = Path.Combine(spool.Path, "target");
        File.CreateSymbolicLink(Path.Combine(spool.Path, ".lock"), target);
        Assert.Contains("ELOOP", Assert.Throws<SpoolException>(() => spool.Directory.Create("task")).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(target));
    }
}
