using System.Text;
using Flatnet.Logs;
using Flatnet.Logs.Times;
using Flatnet.Loki;
using Flatnet.Server.Retention;
using Flatnet.Server.Storage;
using Microsoft.Data.Sqlite;

namespace Flatnet.Server.Loki;

/// <summary>
/// Sends all lines to Loki as well. It reads them from the store behind a cursor of its own, so it never holds up a writer, and after an
/// outage, of Loki or of this server, goes on where it stopped.
/// </summary>
internal sealed partial class LokiSink(
    ILogStore store, LokiClient loki, LokiCursors cursors, LokiSinkOptions options, TimeProvider time, ILogger<LokiSink> logger) : BackgroundService
{
    private const int BatchLines = 1000;
    private const int BatchBytes = 1024 * 1024;

    /// <summary>
    /// Loki takes lines that are up to an hour older than the newest of their stream, and tasks share streams. So tasks are sent side by side,
    /// none of them further ahead than this.
    /// </summary>
    private const long Ahead = 30L * 60 * 1_000_000_000;

    /// <summary>How much later than a task's time of writing its lines may be seen here: a commit waits for its turn.</summary>
    private const long Slack = 60L * 1_000_000_000;

    private static readonly LokiPushOptions Once = new() { MaxAttempts = 1, Compress = true };

    private long _newest;
    private bool _hasToldRefusal;

    /// <summary>Sends what is there to send.</summary>
    /// <param name="isFull">Looks at all tasks, not only at those with a recent line.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="LokiException">Loki is not to be had; what it took is not sent again.</exception>
    internal async Task SendAsync(bool isFull, CancellationToken cancellation)
    {
        PriorityQueue<TaskRecord, long> waiting = await FindAsync(isFull, cancellation).ConfigureAwait(false);
        LokiMetrics.WaitingTasks.Record(waiting.Count);
        while (waiting.TryDequeue(out TaskRecord? task, out long timestamp))
        {
            long horizon = waiting.TryPeek(out _, out long next) ? Math.Max(next, timestamp) + Ahead : long.MaxValue;
            if (await SendBatchAsync(task, horizon, cancellation).ConfigureAwait(false) is { } rest)
            {
                waiting.Enqueue(task, rest);
            }

            LokiMetrics.WaitingTasks.Record(waiting.Count);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long? lastFull = null;
        int failures = 0;
        while (true)
        {
            TimeSpan pause = options.Interval;
            try
            {
                bool isFull = lastFull is not { } last || time.GetElapsedTime(last) >= options.FullInterval;
                long started = time.GetTimestamp();
                await SendAsync(isFull, stoppingToken).ConfigureAwait(false);
                lastFull = isFull ? started : lastFull;
                if (failures > 0)
                {
                    LogRecovered(logger);
                }

                failures = 0;
            }
            catch (Exception exception) when (exception is LokiException or StoreException or SqliteException)
            {
                LokiMetrics.Failures.Add(1);
                if (failures == 0)
                {
                    LogFailed(logger, exception.Message);
                }

                pause = Pause(failures++);
            }

            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(false);
        }
    }

    private TimeSpan Pause(int failures) => TimeSpan.FromSeconds(
        Math.Min(options.LongestPause.TotalSeconds, options.FirstPause.TotalSeconds * Math.Pow(2, failures)));

    /// <summary>The tasks with lines to send, the one with the oldest line first.</summary>
    private async Task<PriorityQueue<TaskRecord, long>> FindAsync(bool isFull, CancellationToken cancellation)
    {
        var waiting = new PriorityQueue<TaskRecord, long>();
        var all = new HashSet<string>();
        long since = isFull ? long.MinValue : _newest - Slack;
        await foreach (TaskRecord task in store.ReadAllTasksAsync(cancellation).ConfigureAwait(false))
        {
            if (task.UpdatedAt < since)
            {
                break;
            }

            all.Add(task.Id);
            _newest = Math.Max(_newest, task.UpdatedAt);
            if (task.LastSeq > cursors.Get(task) && await FirstAsync(task, cancellation).ConfigureAwait(false) is { } timestamp)
            {
                waiting.Enqueue(task, timestamp);
            }
        }

        if (isFull)
        {
            cursors.Keep(all);
        }

        return waiting;
    }

    /// <summary>The timestamp of a task's next line; null if none is left, or all are too old.</summary>
    private async Task<long?> FirstAsync(TaskRecord task, CancellationToken cancellation)
    {
        await foreach (LogEntry entry in Unsent(task, 1, cancellation).ConfigureAwait(false))
        {
            return entry.Timestamp;
        }

        cursors.Set(task, task.LastSeq);
        return null;
    }

    /// <summary>Sends a task's next lines.</summary>
    /// <returns>The timestamp of the line to go on with; null if there is none.</returns>
    private async Task<long?> SendBatchAsync(TaskRecord task, long horizon, CancellationToken cancellation)
    {
        var batch = new List<LogEntry>();
        long? rest = null;
        int bytes = 0;
        await foreach (LogEntry entry in Unsent(task, BatchLines + 1, cancellation).ConfigureAwait(false))
        {
            bytes += Encoding.UTF8.GetByteCount(entry.Message);
            if (batch.Count > 0 && (batch.Count == BatchLines || bytes > BatchBytes || entry.Timestamp > horizon))
            {
                rest = entry.Timestamp;
                break;
            }

            batch.Add(entry);
        }

        if (batch.Count > 0)
        {
            Note(await loki.PushAsync(LokiBatch.Create(task.Id, batch, options.Labels), Once, cancellation).ConfigureAwait(false));
        }

        // Without a rest all lines up to the task's last one were seen; some may have been too old to be sent.
        cursors.Set(task, rest is null ? Math.Max(task.LastSeq, batch.Count > 0 ? batch[^1].Seq : 0) : batch[^1].Seq);
        return rest;
    }

    private IAsyncEnumerable<LogEntry> Unsent(TaskRecord task, int limit, CancellationToken cancellation) => store.ReadAsync(
        new LogQuery
        {
            TaskId = task.Id,
            AfterSeq = cursors.Get(task),
            From = Rfc3339.FromTime(time.GetUtcNow() - options.MaximumAge),
            Limit = limit,
        },
        cancellation);

    private void Note(LokiPushResult result)
    {
        LokiMetrics.Lines.Add(result.Sent - (result.Ignored ?? 0));
        if (result.Refusal is not { } refusal)
        {
            return;
        }

        LokiMetrics.RefusedLines.Add(result.Ignored ?? result.Sent);
        if (!_hasToldRefusal)
        {
            _hasToldRefusal = true;
            LogRefused(logger, refusal);
        }
    }
}
