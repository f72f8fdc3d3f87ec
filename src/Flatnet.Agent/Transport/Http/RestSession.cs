using Flatnet.Agent.Spool;
using Flatnet.Agent.Telemetry;
using Microsoft.Extensions.Logging;

namespace Flatnet.Agent.Transport.Http;

/// <summary>The second transport: the same lines with the same identities, posted one batch at a time while there is no WebSocket.</summary>
internal sealed partial class RestSession(ServerApi api, SenderContext context, ILogger logger)
{
    private readonly LineBody _body = new(context.Stream.StreamId);
    private TaskReport? _reported;

    /// <summary>Posts what there is and what comes, but begins no batch after this time, except for a first one.</summary>
    /// <returns>Whether everything is delivered, the task's end included.</returns>
    /// <exception cref="ServerException">The server does not take it.</exception>
    public async Task<bool> RunAsync(TimeSpan longest, CancellationToken cancellation)
    {
        long began = context.Time.GetTimestamp();
        await ResumeAsync(cancellation).ConfigureAwait(false);
        do
        {
            await ReportAsync(cancellation).ConfigureAwait(false);
            if (context.IsAllAcknowledged)
            {
                return true;
            }

            await PostNextAsync(began, longest, cancellation).ConfigureAwait(false);
        }
        while (context.Time.GetElapsedTime(began) < longest);

        await ReportAsync(cancellation).ConfigureAwait(false);
        return context.IsAllAcknowledged;
    }

    private async Task ResumeAsync(CancellationToken cancellation)
    {
        SpoolStream stream = context.Stream;
        context.Acknowledge(await api.LastSequenceAsync(stream.TaskId, stream.StreamId, cancellation).ConfigureAwait(false));
    }

    // The end only behind the last line.
    private async Task ReportAsync(CancellationToken cancellation)
    {
        if (context.Report is { } report && report != _reported && (context.IsAllAcknowledged || !report.IsEnd))
        {
            await api.PutStatusAsync(context.Stream.TaskId, report, cancellation).ConfigureAwait(false);
            _reported = report;
        }
    }

    private async Task PostNextAsync(long began, TimeSpan longest, CancellationToken cancellation)
    {
        using SpoolBatch? batch = await ReadAsync(longest - context.Time.GetElapsedTime(began), cancellation).ConfigureAwait(false);
        if (batch is null)
        {
            return;
        }

        await Task.Delay(context.PauseBeforeFrame(), context.Time, cancellation).ConfigureAwait(false);
        context.FrameSent(batch.Lines.Count);
        ReadOnlyMemory<byte> body = _body.Lines(batch);
        for (int retries = 0; ; retries++)
        {
            try
            {
                Taken(batch, await api.PostLinesAsync(context.Stream.TaskId, body, cancellation).ConfigureAwait(false));
                return;
            }
            catch (ServerException error) when (error.Refusal is Refusal.TooLarge or Refusal.Invalid)
            {
                if (!context.Limit.TryHalve(batch.Lines.Count))
                {
                    GiveUp(batch.LastSequence, error.Message);
                    context.Acknowledge(batch.LastSequence);
                }

                return;
            }
            catch (ServerException error) when (error.Refusal is Refusal.Unreachable or Refusal.Busy && retries < context.MaxRetries)
            {
                context.Metrics.CountError(AgentError.Api);
                LogRetry(error.Message, context.RetryInterval.TotalSeconds);
                await Task.Delay(error.RetryAfter ?? context.RetryInterval, context.Time, cancellation).ConfigureAwait(false);
            }
        }
    }

    // A request costs more than a frame: unless there are many lines, the flush interval is waited for more of them.
    private async Task<SpoolBatch?> ReadAsync(TimeSpan longest, CancellationToken cancellation)
    {
        SpoolStream stream = context.Stream;
        long began = context.Time.GetTimestamp();
        TimeSpan patience = longest < context.FlushInterval ? longest : context.FlushInterval;
        while (!stream.IsComplete && stream.LastSequence - stream.Acknowledged < context.BatchSize && context.Time.GetElapsedTime(began) < patience)
        {
            using var limit = new CancellationTokenSource(patience - context.Time.GetElapsedTime(began), context.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
            await stream.WaitAsync(stream.LastSequence, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
        }

        return stream.LastSequence > stream.Acknowledged
            ? await stream.ReadAsync(stream.Acknowledged, context.Limit.Lines, context.Limit.Bytes, cancellation).ConfigureAwait(false)
            : null;
    }

    private void Taken(SpoolBatch batch, PostedLines answer)
    {
        foreach (RejectedLine line in answer.Rejected ?? [])
        {
            GiveUp(batch.FirstSequence + line.Index, $"{line.Code}: {line.Message}");
        }

        context.Limit.Taken();
        context.Acknowledge(batch.LastSequence);
    }

    private void GiveUp(long sequence, string reason)
    {
        context.Metrics.CountError(AgentError.Rejected);
        context.Metrics.CountDropped(1);
        LogRejected(context.Stream.TaskId, context.Stream.StreamId, sequence, reason);
    }
}
