using Flatnet.Agent.Spool;

namespace Flatnet.Agent.Tests.Spool;

/// <summary>A spool that is full.</summary>
public sealed class SpoolOverflowTests
{
    private const int Bound = 40_000;

    [Fact]
    public async Task The_writer_waits_and_no_line_is_lost()
    {
        using var spool = new TemporarySpool(Bound);
        using SpoolStream stream = spool.Directory.Create("task");
        Task writing = Task.Run(() => TemporarySpool.Append(stream, 1, 5000));
        Assert.True(SpinWait.SpinUntil(() => stream.Writer!.IsFull, TimeSpan.FromMinutes(1)));
        Assert.False(writing.IsCompleted);
        Assert.InRange(stream.Bytes, Bound / 2, Bound);

        var read = new List<long>();
        while (read.Count < 5000)
        {
            using SpoolBatch? batch = await stream.ReadAsync(read.Count, 500, 4096, CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromMinutes(1));
            for (long sequence = batch!.FirstSequence; sequence <= batch.LastSequence; sequence++)
            {
                read.Add(sequence);
            }

            stream.Acknowledge(batch.LastSequence);
        }

        await writing;
        Assert.Equal(Enumerable.Range(1, 5000).Select(n => (long)n), read);
        Assert.False(stream.Writer!.IsFull);
    }

    [Fact]
    public async Task The_oldest_lines_give_way_and_are_counted()
    {
        using var spool = new TemporarySpool(Bound, SpoolOverflow.DropOldest);
        using SpoolStream stream = spool.Directory.Create("task");
        TemporarySpool.Append(stream, 1, 5000);
        List<(long Sequence, string)> left = await TemporarySpool.ReadAll(stream);
        Assert.Equal(5000 - left.Count, stream.Writer!.Dropped);
        Assert.Equal(Enumerable.Range(5001 - left.Count, left.Count).Select(n => (long)n), left.Select(line => line.Sequence));
        Assert.InRange(stream.Bytes, Bound / 2, Bound + 5000);
    }

    [Fact]
    public void When_the_child_has_ended_what_is_left_is_taken()
    {
        using var spool = new TemporarySpool(Bound);
        using SpoolStream stream = spool.Directory.Create("task");
        stream.Writer!.Unbind();
        TemporarySpool.Append(stream, 1, 5000);
        Assert.Equal(5000, stream.LastSequence);
        Assert.True(stream.Bytes > Bound);
    }
}
