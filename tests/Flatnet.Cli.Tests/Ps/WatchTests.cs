using System.Threading.Channels;
using Flatnet.Cli.Ps;
using Flatnet.Cli.Ps.Listing;
using Flatnet.Cli.Ps.Watching;
using Flatnet.Podman;

namespace Flatnet.Cli.Tests.Ps;

public sealed class WatchTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly FakeEngine _engine = new() { Containers = Sample.Three };
    private readonly ManualTime _time = new(Sample.Now);
    private readonly CancellationTokenSource _end = new();
    private readonly RecordingView _view = new();
    private readonly PsLister _lister;
    private readonly Task _watching;

    public WatchTests()
    {
        _lister = new PsLister(_ => Task.FromResult<IContainerEngine>(_engine), null, "flatnet", new PsOptions(), PsNeeds.None, _time);
        _watching = new PsWatch(_lister, _view, Interval, _time).RunAsync(_end.Token);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching;
        await _lister.DisposeAsync();
        _end.Dispose();
    }

    [Fact]
    public async Task An_event_lists_again_at_once()
    {
        Assert.Equal("forgejo nginx", await _view.NextAsync());

        _engine.Containers = [Sample.Running("a1", "new")];
        _engine.Happen("start");

        Assert.Equal("new", await _view.NextAsync());
    }

    [Fact]
    public async Task The_interval_lists_again_for_the_ages()
    {
        await _view.NextAsync();

        await _time.TimerStartedAsync();
        _time.Advance(Interval);

        Assert.Equal("forgejo nginx", await _view.NextAsync());
    }

    [Fact]
    public async Task A_failure_later_on_is_shown_and_tried_again()
    {
        await _view.NextAsync();

        _engine.Failure = new EngineException(EngineFailure.Refused, "the service ended", "");
        _engine.Happen("start");
        Assert.Equal("! the service ended", await _view.NextAsync());

        _engine.Failure = null;
        _engine.Happen("start");
        Assert.Equal("forgejo nginx", await _view.NextAsync());
    }

    [Fact]
    public async Task Ending_closes_the_view()
    {
        await _view.NextAsync();

        await _end.CancelAsync();
        await _watching;

        Assert.True(_view.IsClosed);
    }

    private sealed class RecordingView : IPsView
    {
        private readonly Channel<string> _shown = Channel.CreateUnbounded<string>();

        public bool IsClosed { get; private set; }

        public void Show(PsListing listing) => _shown.Writer.TryWrite(string.Join(' ', listing.Rows.Select(row => row.Name)));

        public void ShowProblem(string message) => _shown.Writer.TryWrite("! " + message);

        public void Dispose() => IsClosed = true;

        public async Task<string> NextAsync() => await _shown.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));
    }
}
