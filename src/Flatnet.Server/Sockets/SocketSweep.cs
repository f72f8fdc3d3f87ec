using System.Text.Json;
using Flatnet.Logs.Times;
using Flatnet.Logs.Wire;

namespace Flatnet.Server.Sockets;

/// <summary>Watches the times of all connections with one timer, and closes them when the server stops.</summary>
internal sealed class SocketSweep(SocketRegistry registry, SocketOptions options, TimeProvider time, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Before the web server waits for its connections to end.
        using CancellationTokenRegistration stopping = lifetime.ApplicationStopping.Register(CloseAll);
        using var timer = new PeriodicTimer(options.SweepInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                Sweep();
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped after the web server: there is no connection left.
        }
    }

    private void Sweep()
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Whoever connected in between.
            CloseAll();
        }

        ReadOnlyMemory<byte> ping = JsonSerializer.SerializeToUtf8Bytes(new PingMessage(Rfc3339.Format(Rfc3339.Now(time))), WireJson.Default.PingMessage);
        foreach (SocketConnection connection in registry.Connections)
        {
            connection.Tick(ping);
        }
    }

    private void CloseAll()
    {
        foreach (SocketConnection connection in registry.Connections)
        {
            connection.Close(CloseCode.Shutdown, "the server is stopping");
        }
    }
}
