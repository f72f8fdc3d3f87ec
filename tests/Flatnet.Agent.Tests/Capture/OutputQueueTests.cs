using System.Text;
using Flatnet.Agent.Capture;
using Flatnet.Agent.Processes;
using Flatnet.Logs;
using Microsoft.Win32.SafeHandles;

namespace Flatnet.Agent.Tests.Capture;

/// <summary>What waits between the pipes and the spool.</summary>
public sealed class OutputQueueTests : IDisposable
{
    private const int BurstBytes = 8 << 20;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly SafeFileHandle _zeros = File.OpenHandle("/dev/zero");
    private readonly OutputPipe _pipe = new();
    private readonly StoppedTime _time = new();
    private bool _isHeld;

    [Fact]
    public void What_was_read_comes_out_in_order()
    {
        using OutputQueue queue = Queue(OutputBlock.Size * 8);
        foreach ((string text, LogSource source) in new[] { ("one ", LogSource.Stdout), ("two ", LogSource.Stdout), ("three ", LogSource.Stderr), ("four", LogSource.Stdout) })
        {
            Assert.True(queue.Add(Text(queue, text, source)));
        }

        queue.End();
        var texts = new StringBuilder();
        while (queue.Take(Limit) is { } block)
        {
            texts.Append(Encoding.UTF8.GetString(block.Bytes));
            queue.Return(block);
        }

        Assert.Equal("one two three four", texts.ToString());
        Assert.True(queue.IsOver);
    }

    [Fact]
    public void The_lines_that_wait_are_known()
    {
        using OutputQueue queue = Queue(OutputBlock.Size * 8);
        Assert.True(queue.Add(Text(queue, "one\ntwo\n", LogSource.Stdout)));
        Assert.True(queue.Add(Text(queue, "three\nfo", LogSource.Stderr)));
        Assert.Equal(3, queue.Lines);
        queue.Return(queue.Take(Limit)!);
        Assert.Equal(1, queue.Lines);
    }

    [Fact]
    public async Task At_the_limit_the_reader_waits()
    {
        using OutputQueue queue = Queue(OutputBlock.Size * 2);
        Assert.True(queue.Add(Full(queue)));
        Assert.True(queue.Add(Full(queue)));
        Task<bool> third = Task.Run(() => queue.Add(Full(queue)));
        // Longer than it looks again by itself.
        await Assert.ThrowsAsync<TimeoutException>(() => third.WaitAsync(TimeSpan.FromMilliseconds(200)));
        queue.Return(queue.Take(Limit)!);
        Assert.True(await third.WaitAsync(Limit));
    }

    [Fact]
    public async Task While_nothing_can_be_spooled_the_reader_waits()
    {
        using OutputQueue queue = Queue(OutputBlock.Size * 100);
        Assert.True(queue.Add(Full(queue)));
        Volatile.Write(ref _isHeld, true);
        Task<bool> second = Task.Run(() => queue.Add(Full(queue)));
        await Assert.ThrowsAsync<TimeoutException>(() => second.WaitAsync(TimeSpan.FromMilliseconds(200)));
        Volatile.Write(ref _isHeld, false);
        Assert.True(await second.WaitAsync(Limit));
    }

    [Fact]
    public async Task A_reader_that_waits_is_told_when_nobody_takes_any_more()
    {
        using OutputQueue queue = Queue(OutputBlock.Size);
        Assert.True(queue.Add(Full(queue)));
        Task<bool> second = Task.Run(() => queue.Add(Full(queue)));
        queue.Abandon();
        Assert.False(await second.WaitAsync(Limit));
    }

    [Fact]
    public async Task A_burst_is_taken_when_it_is_over()
    {
        using OutputQueue queue = Queue(BurstBytes * 4);
        Fill(queue, BurstBytes);
        Task<OutputBlock?> taken = Task.Run(() => queue.Take(Limit));
        await Assert.ThrowsAsync<TimeoutException>(() => taken.WaitAsync(TimeSpan.FromMilliseconds(200)));
        _time.Advance(TimeSpan.FromMilliseconds(5));
        queue.Return((await taken.WaitAsync(Limit))!);
    }

    [Fact]
    public async Task A_burst_that_goes_on_is_taken_after_two_seconds_and_to_its_end()
    {
        using OutputQueue queue = Queue(BurstBytes * 4);
        Fill(queue, BurstBytes + (4 * OutputBlock.Size));
        Task<OutputBlock?> taken = Task.Run(() => queue.Take(Limit));
        while (_time.Elapsed < TimeSpan.FromSeconds(1.9))
        {
            _time.Advance(TimeSpan.FromMilliseconds(4));
            queue.Add(Text(queue, "goes on\n", LogSource.Stderr));
        }

        Assert.False(taken.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        queue.Add(Text(queue, "goes on\n", LogSource.Stderr));
        queue.Return((await taken.WaitAsync(Limit))!);
        queue.Return((await Task.Run(() => queue.Take(Limit)).WaitAsync(Limit))!);
    }

    [Fact]
    public async Task A_burst_is_taken_before_the_room_is_used_up()
    {
        using OutputQueue queue = Queue(BurstBytes * 4);
        Fill(queue, BurstBytes * 3);
        queue.Return((await Task.Run(() => queue.Take(Limit)).WaitAsync(Limit))!);
    }

    [Fact]
    public async Task A_burst_ends_with_the_child()
    {
        using OutputQueue queue = Queue(BurstBytes * 4);
        Fill(queue, BurstBytes);
        queue.End();
        queue.Return((await Task.Run(() => queue.Take(Limit)).WaitAsync(Limit))!);
    }

    public void Dispose()
    {
        _zeros.Dispose();
        _pipe.Dispose();
    }

    private OutputQueue Queue(long maxBytes) => new(maxBytes, () => Volatile.Read(ref _isHeld), _time);

    private void Fill(OutputQueue queue, int bytes)
    {
        for (int held = 0; held < bytes; held += OutputBlock.Size)
        {
            Assert.True(queue.Add(Full(queue)));
        }
    }

    private OutputBlock Full(OutputQueue queue) => Read(queue, (int)_zeros.DangerousGetHandle(), LogSource.Stdout);

    private OutputBlock Text(OutputQueue queue, string text, LogSource source)
    {
        using (var writer = new FileStream(new SafeFileHandle(_pipe.Writer.Descriptor, ownsHandle: false), FileAccess.Write))
        {
            writer.Write(Encoding.UTF8.GetBytes(text));
        }

        return Read(queue, _pipe.Reader.Descriptor, source);
    }

    private static OutputBlock Read(OutputQueue queue, int descriptor, LogSource source)
    {
        OutputBlock block = queue.Rent();
        Assert.True(block.Read(descriptor, source) > 0);
        return block;
    }

    private sealed class StoppedTime : TimeProvider
    {
        private long _ticks;

        public TimeSpan Elapsed => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _ticks);

        public void Advance(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
    }
}
