using Flatnet.Agent.Configuration;
using Flatnet.Agent.Spool;
using Flatnet.Agent.Telemetry;
using Microsoft.Extensions.Logging;

namespace Flatnet.Agent.Transport;

/// <summary>Sends the streams that earlier agents left behind, some at a time.</summary>
internal sealed partial class Replay(ServerLink server, AgentOptions options, TransportPace pace, AgentMetrics metrics, TimeProvider time, ILogger logger)
{
    /// <param name="streams">The caller's, open.</param>
    /// <param name="atOnce">How many at a time.</param>
    /// <param name="runningTask">The task that runs here now: of an earlier run of it only the lines are sent, not how that run ended.</param>
    /// <param name="cancellation">Leaves the rest for the next time.</param>
    public Task RunAsync(IReadOnlyList<SpoolStream> streams, int atOnce, string? runningTask, CancellationToken cancellation)
    {
        var bound = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, atOnce), CancellationToken = cancellation };
        return Parallel.ForEachAsync(streams, bound, async (stream, token) =>
        {
            LogBegun(stream.TaskId, stream.StreamId, stream.LastSequence - stream.Acknowledged);
            var context = new SenderContext(stream, options, pace, metrics, time, static _ => { })
            {
                UnknownEnd = TaskReport.Lost,
                IsSuperseded = stream.TaskId == runningTask,
            };
            try
            {
                await new Sender(server, context, options.Socket, logger).RunAsync(token).ConfigureAwait(false);
            }
            catch (IOException error)
            {
                // The other streams can still be sent.
                metrics.CountError(AgentError.Spool);
                LogUnreadable(error, stream.TaskId, stream.StreamId);
            }
        });
    }
}
