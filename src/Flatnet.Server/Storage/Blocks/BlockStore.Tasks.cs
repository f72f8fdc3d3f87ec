namespace Flatnet.Server.Storage.Blocks;

internal sealed partial class BlockStore
{
    public async Task<(TaskRecord Task, bool IsNew)> SaveTaskAsync(string taskId, TaskChange change, CancellationToken cancellation)
    {
        (TaskRecord task, bool isNew) = await ChangeAsync(
            [taskId],
            async (tasks, changes) =>
            {
                TaskState? before = tasks.GetValueOrDefault(taskId);
                var update = new TaskUpdate(taskId, before, change.At, change.Status ?? TaskStatus.Pending);
                update.Touch(NextUpdate(change.At));
                TaskState after = update.Build(NewVersion());
                after = after with { Record = Change(after.Record, change) };
                changes.Tasks.Add(after);
                changes.Commits.Add(new Commit(taskId, 0, after.Record.LastSeq));
                string? script = change.Script ?? (before is null ? null : (await database.FindTaskAsync(taskId, cancellation))?.Script);
                return (after.Record with { Script = script }, update.IsNew);
            },
            cancellation);
        if (task.Status.IsEnd())
        {
            QueueMerge(taskId);
        }

        return (task, isNew);
    }

    private static TaskRecord Change(TaskRecord task, TaskChange change)
    {
        TaskStatus status = change.Status ?? task.Status;
        return task with
        {
            Status = status,
            ExitCode = change.ExitCode ?? task.ExitCode,
            EndedAt = status.IsEnd() ? task.EndedAt ?? change.At : null,
            Retention = change.Retention ?? task.Retention,
            Script = change.Script,
        };
    }
}
