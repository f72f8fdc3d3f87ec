using Flatnet.Server.Retention;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flatnet.Server.Tests.Retention;

public sealed class RetentionTests : IDisposable
{
    private const long Day = 86_400_000_000_000;

    private readonly FakeClock _clock = new();
    private readonly TaskTable _tasks = new();

    public void Dispose() => _tasks.DisposeAsync().AsTask().Wait();

    [Fact]
    public async Task A_task_goes_ninety_days_after_its_end()
    {
        var now = _clock.Nanoseconds;
        _tasks.Add("due", now - (90 * Day), now - (90 * Day), null, 1, 2, 3);
        _tasks.Add("not-yet", now - (90 * Day) + 1, now - (90 * Day) + 1, null, 1);
        _tasks.Add("running", now - (200 * Day), null, null, 1);
        await RunAsync();
        Assert.Equal(["not-yet", "running"], _tasks.Left);
        _clock.Now += TimeSpan.FromTicks(1);
        await RunAsync();
        Assert.Equal(["running"], _tasks.Left);
    }

    [Fact]
    public async Task A_year_after_the_last_write_a_task_goes_even_if_it_never_ended()
    {
        var now = _clock.Nanoseconds;
        _tasks.Add("silent", now - (365 * Day), null, null, 1);
        _tasks.Add("slow", now - (364 * Day), null, null, 1);
        await RunAsync();
        Assert.Equal(["slow"], _tasks.Left);
    }

    [Fact]
    public async Task A_task_may_say_how_long_it_is_kept_but_no_longer_than_the_cap()
    {
        var now = _clock.Nanoseconds;
        _tasks.Add("short", now - Day, now - Day, TimeSpan.FromDays(1));
        _tasks.Add("long", now - (300 * Day), now - (300 * Day), TimeSpan.FromDays(301));
        _tasks.Add("for-ever", now - (365 * Day), now - (365 * Day), TimeSpan.MaxValue);
        _tasks.Add("for-ever-young", now - (364 * Day), now - (364 * Day), TimeSpan.MaxValue);
        await RunAsync();
        Assert.Equal(["for-ever-young", "long"], _tasks.Left);
    }

    [Fact]
    public async Task A_large_task_goes_in_slices_with_rests()
    {
        _tasks.Add("large", 0, 0, null, [.. Enumerable.Range(0, 1000).Select(static number => (long)number * 1000)]);
        await RunAsync(new() { SliceLines = 100 });
        Assert.Empty(_tasks.Left);
        Assert.Equal(1000, _tasks.Deletes.Sum());
        Assert.InRange(_tasks.Deletes.Max(), 1, 200);
        Assert.InRange(_clock.Delays, 5, 20);
    }

    [Fact]
    public async Task Unevenly_spread_times_do_not_keep_a_task_from_going()
    {
        _tasks.Add("odd", 0, 0, null, [long.MinValue, .. Enumerable.Range(0, 500).Select(static number => (long)number), long.MaxValue - 10_000]);
        _tasks.Add("even", 0, 0, null, [.. Enumerable.Repeat(7L, 500)]);
        await RunAsync(new() { SliceLines = 10 });
        Assert.Empty(_tasks.Left);
        Assert.Equal([1, 500, 1, 500], _tasks.Deletes);
    }

    [Fact]
    public async Task A_task_that_begins_again_before_its_turn_stays()
    {
        _tasks.Add("again", 0, 0, null, 1);
        _tasks.OnFind = id => _tasks.Add(id, _clock.Nanoseconds, null, null, 1, 2);
        await RunAsync();
        Assert.Equal(["again"], _tasks.Left);
    }

    [Fact]
    public async Task A_task_that_cannot_be_deleted_does_not_keep_the_others()
    {
        _tasks.Add("a", 3, 0);
        _tasks.Add("b", 2, 0);
        _tasks.Add("c", 1, 0);
        _tasks.Broken.Add("b");
        await RunAsync();
        Assert.Equal(["b"], _tasks.Left);
        _tasks.Broken.Clear();
        await RunAsync();
        Assert.Empty(_tasks.Left);
    }

    [Fact]
    public async Task More_tasks_than_a_page_holds_are_all_seen_also_with_equal_times()
    {
        for (var number = 0; number < 2500; number++)
        {
            _tasks.Add($"task-{number}", number / 300, 0);
        }

        await RunAsync();
        Assert.Empty(_tasks.Left);
    }

    private Task RunAsync(RetentionOptions? options = null)
    {
        options ??= new();
        var service = new RetentionService(
            _tasks, new TaskRemover(_tasks, _tasks, options, _clock), options, _clock, NullLogger<RetentionService>.Instance);
        return service.RemoveDueTasksAsync(CancellationToken.None);
    }
}
