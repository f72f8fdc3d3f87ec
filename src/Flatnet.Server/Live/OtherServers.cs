using Flatnet.Logs;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Live;

/// <summary>Publishes here what other servers with the same store committed.</summary>
internal sealed partial class OtherServers(ILogStore store, LiveHub live, LiveOptions options, ILogger<OtherServers> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await store.WatchOtherServersAsync(commit => PublishAsync(commit, stoppingToken), stoppingToken).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (StoreException exception)
            {
                LogWatchFailed(exception);
            }

            await Task.Delay(options.WatchRetry, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            live.PublishDoubt();
        }
    }

    private async Task PublishAsync(Commit commit, CancellationToken cancellation)
    {
        if (commit.FirstSeq > 0 && live.IsWatched(commit.TaskId))
        {
            var entries = new List<LogEntry>();
            var query = new LogQuery { TaskId = commit.TaskId, AfterSeq = commit.FirstSeq - 1, BeforeSeq = commit.LastSeq + 1 };
            await foreach (LogEntry entry in store.ReadAsync(query, cancellation).ConfigureAwait(false))
            {
                entries.Add(entry);
            }

            live.PublishLines(commit.TaskId, entries);
        }
        else if (commit.FirstSeq == 0 && await store.FindTaskAsync(commit.TaskId, cancellation).ConfigureAwait(false) is { } task)
        {
            live.PublishStatus(task);
        }
    }
}
