using Flatnet.Agent.Configuration;
using Flatnet.Agent.Spool;
using Flatnet.Agent.Telemetry;
using Microsoft.Extensions.Logging;

namespace Flatnet.Agent.Transport;

/// <summary>Everything that is sent while a task runs: its own stream, and beside it what earlier runs left behind.</summary>
internal sealed class Delivery : IAsyncDisposable
{
    private readonly TransportPace _pace;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<SpoolStream> _leftovers;
    private readonly CancellationTokenSource _stop = new();
    private readonly Sender _sender;
    private readonly Task _sending;
    private readonly Task _replaying;

    /// <summary>Begins to send.</summary>
    /// <param name="server">Where to.</param>
    /// <param name="stream">The running task's; stays the caller's.</param>
    /// <param name="leftovers">What earlier runs left behind; from now on the delivery's.</param>
    /// <param name="options">How.</param>
    /// <param name="pace">How fast.</param>
    /// <param name="metrics">Counts.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The agent's own log.</param>
    /// <param name="levelChanged">Told when the server wants another least level.</param>
    public Delivery(
        ServerLink server, SpoolStream stream, IReadOnlyList<SpoolStream> leftovers, AgentOptions options, TransportPace pace, AgentMetrics metrics, TimeProvider time,
        ILogger logger, Action<Flatnet.Logs.LogLevel> levelChanged)
    {
        _pace = pace;
        _time = time;
        _leftovers = leftovers;
        _sender = new Sender(server, new SenderContext(stream, options, pace, metrics, time, levelChanged), options.Socket, logger);
        _sending = _sender.RunAsync(_stop.Token);
        _replaying = new Replay(server, options, pace, metrics, time, logger)
            .RunAsync(leftovers, options.Streaming.MaxConcurrentStreams - 1, stream.TaskId, _stop.Token);
        metrics.AckLag = () => _sender.AckLag;
    }

    /// <summary>The task stands like this now. Its end the stream knows itself.</summary>
    public void Say(TaskReport state) => _sender.Say(state);

    /// <summary>The task has ended and its stream is complete: waits for the last lines to be delivered, but not for ever.</summary>
    /// <returns>False when lines stay in the spool.</returns>
    /// <exception cref="IOException">The spool cannot be read.</exception>
    public async Task<bool> FinishAsync(CancellationToken cancellation)
    {
        _sender.Hurry();
        try
        {
            await _sending.WaitAsync(_pace.FinalFlush, _time, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Stops; what is not delivered stays in the spool.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_sending, _replaying).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (SpoolStream leftover in _leftovers)
        {
            leftover.Dispose();
        }

        _stop.Dispose();
    }
}
