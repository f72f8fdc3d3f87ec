using Flatnet.Server.Storage;

namespace Flatnet.Server.Hosting;

/// <summary>Opens the store at the start.</summary>
internal sealed class StoreOpening(ILogStore store) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => store.OpenAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
