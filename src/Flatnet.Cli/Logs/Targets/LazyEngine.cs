using Flatnet.Podman;

namespace Flatnet.Cli.Logs;

/// <summary>Podman, connected to when it is needed first: many logs are read without it.</summary>
internal sealed class LazyEngine(Func<CancellationToken, Task<IContainerEngine>> connect) : IAsyncDisposable
{
    private IContainerEngine? _engine;

    public async Task<IContainerEngine> GetAsync(CancellationToken cancellation) =>
        _engine ??= await connect(cancellation).ConfigureAwait(false);

    public ValueTask DisposeAsync() => _engine?.DisposeAsync() ?? ValueTask.CompletedTask;
}
