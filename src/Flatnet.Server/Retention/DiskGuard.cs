using System.Diagnostics.Metrics;
using System.Globalization;
using Flatnet.Server.Storage;
using Flatnet.Server.Telemetry;

namespace Flatnet.Server.Retention;

/// <summary>
/// Keeps the disk from filling up: above the watermark the tasks that ended first go, one by one; with none left, the
/// <see cref="StorageGate"/> is closed until the disk is below the watermark again.
/// </summary>
internal sealed partial class DiskGuard(
    ILogStore store, TaskRemover remover, IDiskGauge gauge, StorageGate gate, RetentionOptions options, TimeProvider time, ILogger<DiskGuard> logger)
    : BackgroundService
{
    /// <summary>How many of the tasks that ended first are looked up at once.</summary>
    private const int Candidates = 100;

    private static readonly Counter<long> RemovedTasks = ServerMeter.Instance.CreateCounter<long>(
        "flatnet.disk.removed_tasks", "{task}", "Tasks that were deleted because the disk was too full.");

    private bool IsTooFull => gauge.Used * 100 >= options.DiskWatermark;

    /// <summary>Looks once, and makes room until the disk is below the watermark or nothing may go.</summary>
    internal async Task CheckAsync(CancellationToken cancellation)
    {
        while (IsTooFull)
        {
            if (!await RemoveOldestAsync(cancellation).ConfigureAwait(false) && IsTooFull)
            {
                Close();
                return;
            }
        }

        if (gate.IsFull)
        {
            gate.Open();
            LogOpened(logger, options.DiskWatermark);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.DiskInterval, time);
        do
        {
            try
            {
                await CheckAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is StoreException or IOException or UnauthorizedAccessException)
            {
                LogFailed(logger, exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    /// <summary>Removes the tasks that ended first until the disk is below the watermark; false if none could be.</summary>
    private async Task<bool> RemoveOldestAsync(CancellationToken cancellation)
    {
        var removedAny = false;
        foreach (var taskId in await OldestEndedAsync(cancellation).ConfigureAwait(false))
        {
            try
            {
                if (await remover.RemoveAsync(taskId, static task => task.EndedAt is not null, cancellation).ConfigureAwait(false) is { } lines)
                {
                    removedAny = true;
                    RemovedTasks.Add(1);
                    LogRemoved(logger, taskId, lines, options.DiskWatermark);
                }
            }
            catch (StoreException exception)
            {
                LogNotRemoved(logger, taskId, exception.Message);
            }

            if (!IsTooFull)
            {
                break;
            }
        }

        return removedAny;
    }

    private async Task<IEnumerable<string>> OldestEndedAsync(CancellationToken cancellation)
    {
        // The last to have ended is the first to be left out.
        var oldest = new PriorityQueue<string, long>();
        await foreach (var task in store.ReadAllTasksAsync(cancellation).ConfigureAwait(false))
        {
            if (task.EndedAt is not { } ended)
            {
                continue;
            }

            if (oldest.Count < Candidates)
            {
                oldest.Enqueue(task.Id, -ended);
            }
            else
            {
                oldest.EnqueueDequeue(task.Id, -ended);
            }
        }

        return oldest.UnorderedItems.OrderByDescending(static item => item.Priority).Select(static item => item.Element);
    }

    private void Close()
    {
        var reason = string.Create(
            CultureInfo.InvariantCulture,
            $"The disk is {gauge.Used * 100:0.#} % full (the limit is {options.DiskWatermark} %), and no finished task can be deleted: free space, or delete tasks.");
        if (!gate.IsFull)
        {
            LogClosed(logger, reason);
        }

        gate.Close(reason);
    }
}
