using System.Diagnostics.Metrics;
using Flatnet.Logs.Times;
using Flatnet.Server.Storage;
using Flatnet.Server.Telemetry;

namespace Flatnet.Server.Retention;

/// <summary>Deletes, in the background and with rests, the tasks that were kept long enough.</summary>
internal sealed partial class RetentionService(
    ILogStore store, TaskRemover remover, RetentionOptions options, TimeProvider time, ILogger<RetentionService> logger) : BackgroundService
{
    private static readonly Counter<long> RemovedTasks = ServerMeter.Instance.CreateCounter<long>(
        "flatnet.retention.tasks", "{task}", "Tasks that were deleted because of their age.");

    /// <summary>Goes through all tasks once.</summary>
    internal async Task RemoveDueTasksAsync(CancellationToken cancellation)
    {
        await foreach (var task in store.ReadAllTasksAsync(cancellation).ConfigureAwait(false))
        {
            if (!IsDue(task))
            {
                continue;
            }

            try
            {
                if (await remover.RemoveAsync(task.Id, IsDue, cancellation).ConfigureAwait(false) is { } lines)
                {
                    RemovedTasks.Add(1);
                    LogRemoved(logger, task.Id, lines);
                }
            }
            catch (StoreException exception)
            {
                LogNotRemoved(logger, task.Id, exception.Message);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Interval, time);
        do
        {
            try
            {
                await RemoveDueTasksAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (StoreException exception)
            {
                LogFailed(logger, exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private bool IsDue(TaskRecord task) => RetentionRule.Due(task, options) <= Rfc3339.Now(time);
}
