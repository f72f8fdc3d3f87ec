using Flatnet.Server.Retention;
using Flatnet.Server.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flatnet.Server.Tests.Retention;

public sealed class DiskGuardTests : IDisposable
{
    private readonly TaskTable _tasks = new();
    private readonly StorageGate _gate = new();
    private readonly FakeDisk _disk = new();

    public void Dispose() => _tasks.DisposeAsync().AsTask().Wait();

    [Fact]
    public async Task Below_the_watermark_nothing_goes()
    {
        _tasks.Add("old", 1, 1);
        _disk.Percent = () => 89.9;
        await CheckAsync();
        Assert.Equal(["old"], _tasks.Left);
        _gate.ThrowIfFull();
    }

    [Fact]
    public async Task At_the_watermark_the_tasks_that_ended_first_go_until_there_is_room()
    {
        _tasks.Add("third", 4, 3);
        _tasks.Add("first", 9, 1);
        _tasks.Add("fourth", 4, 4);
        _tasks.Add("second", 3, 2);
        _tasks.Add("running", 0, null);
        _disk.Percent = () => 92 - _tasks.Removed.Count;
        await CheckAsync();
        Assert.Equal(["first", "second", "third"], _tasks.Removed);
        Assert.Equal(["fourth", "running"], _tasks.Left);
        Assert.False(_gate.IsFull);
    }

    [Fact]
    public async Task With_no_finished_task_left_writes_are_refused_until_there_is_room_again()
    {
        _tasks.Add("ended", 1, 1);
        _tasks.Add("running", 2, null);
        _disk.Percent = () => 95.5;
        await CheckAsync();
        Assert.Equal(["running"], _tasks.Left);
        var exception = Assert.Throws<StoreException>(_gate.ThrowIfFull);
        Assert.True(exception.IsFull);
        Assert.Contains("95.5 % full (the limit is 90 %)", exception.Message, StringComparison.Ordinal);
        _disk.Percent = () => 89;
        await CheckAsync();
        Assert.False(_gate.IsFull);
        _gate.ThrowIfFull();
    }

    [Fact]
    public async Task Finished_tasks_that_cannot_be_deleted_close_the_gate_too()
    {
        _tasks.Add("ended", 1, 1);
        _tasks.Broken.Add("ended");
        _disk.Percent = () => 95;
        await CheckAsync();
        Assert.True(_gate.IsFull);
    }

    [Fact]
    public async Task More_tasks_go_than_are_looked_up_at_once()
    {
        for (var number = 0; number < 350; number++)
        {
            _tasks.Add($"task-{number:000}", 1000 - number, number);
        }

        _disk.Percent = () => _tasks.Removed.Count < 320 ? 95 : 50;
        await CheckAsync();
        Assert.Equal(Enumerable.Range(0, 320).Select(static number => $"task-{number:000}"), _tasks.Removed);
    }

    [Fact]
    public void A_real_disk_is_between_empty_and_full()
    {
        Assert.InRange(new DiskGauge(Path.GetTempPath()).Used, 0.0001, 1);
    }

    private Task CheckAsync()
    {
        var options = new RetentionOptions();
        var clock = new FakeClock();
        var guard = new DiskGuard(
            _tasks, new TaskRemover(_tasks, _tasks, options, clock), _disk, _gate, options, clock, NullLogger<DiskGuard>.Instance);
        return guard.CheckAsync(CancellationToken.None);
    }

    private sealed class FakeDisk : IDiskGauge
    {
        public Func<double> Percent { get; set; } = () => 0;

        public double Used => Percent() / 100;
    }
}
