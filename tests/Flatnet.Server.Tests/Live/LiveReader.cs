using Flatnet.Server.Live;

namespace Flatnet.Server.Tests.Live;

/// <summary>Reads a subscription one event at a time.</summary>
internal sealed class LiveReader(LiveSubscription subscription) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly IAsyncEnumerator<LiveEvent> _events = subscription.ReadAsync(default).GetAsyncEnumerator();

    public LiveSubscription Subscription => subscription;

    /// <summary>The next event; null at the end.</summary>
    public async Task<LiveEvent?> NextAsync() => await _events.MoveNextAsync().AsTask().WaitAsync(Patience) ? _events.Current : null;

    public async Task<T> NextAsync<T>()
        where T : LiveEvent => Assert.IsType<T>(await NextAsync());

    /// <summary>The messages of the next lines.</summary>
    public async Task<string[]> LinesAsync() => [.. (await NextAsync<Lines>()).Entries.Select(line => line.Message)];

    public async ValueTask DisposeAsync()
    {
        subscription.Dispose();
        await _events.DisposeAsync();
    }
}
