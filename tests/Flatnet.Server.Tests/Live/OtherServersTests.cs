using Flatnet.Server.Live;
using Flatnet.Server.Tests.Ingest;
using Microsoft.Extensions.Logging.Abstractions;
using TaskStatus = Flatnet.Server.Storage.TaskStatus;

namespace Flatnet.Server.Tests.Live;

/// <summary>Two servers, one store.</summary>
public sealed class OtherServersTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly MemoryStore _store = new();
    private readonly LiveHub _hub;
    private readonly OtherServers _others;

    public OtherServersTests()
    {
        var options = new LiveOptions { WatchRetry = TimeSpan.FromMilliseconds(1) };
        _hub = new LiveHub(_store, options);
        _others = new OtherServers(_store, _hub, options, NullLogger<OtherServers>.Instance);
        _others.StartAsync(default).GetAwaiter().GetResult();
    }

    [Fact]
    public async Task Lines_and_the_end_come_from_another_server()
    {
        _store.AppendElsewhere("t", Sample.Line("1"));
        await using var viewer = new LiveReader(_hub.Subscribe(new() { TaskId = "t", Tail = 0 }));
        await viewer.NextAsync<Started>();

        _store.AppendElsewhere("t", Sample.Line("2"), Sample.Line("3"));
        _store.TellOfCommit(new("t", 2, 3));
        Assert.Equal(["2", "3"], await viewer.LinesAsync());

        await _store.SaveTaskAsync("t", new() { Status = TaskStatus.Failed, ExitCode = 9, At = 1 }, default);
        _store.TellOfCommit(new("t", 0, 3));
        Assert.Equal(new Ended(TaskStatus.Failed, 9, 3), await viewer.NextAsync());
    }

    [Fact]
    public async Task What_was_missed_while_the_connection_was_broken_is_caught_up()
    {
        _store.AppendElsewhere("t", Sample.Line("1"));
        await using var viewer = new LiveReader(_hub.Subscribe(new() { TaskId = "t", Tail = 0 }));
        await viewer.NextAsync<Started>();

        _store.AppendElsewhere("t", Sample.Line("2"));
        _store.TellOfCommit(new("t", 0, -1));
        Assert.Equal(["2"], await viewer.LinesAsync());
    }

    public Task InitializeAsync() => Task.CompletedTask;

    // The runner knows this one alone.
    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _others.StopAsync(default);
        _others.Dispose();
        await _store.DisposeAsync();
    }
}
