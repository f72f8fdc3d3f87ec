using Flatnet.Logs.Times;
using Flatnet.Logs.Wire;
using Flatnet.Server.Live;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Sockets;

/// <summary>Sends the changes of all tasks' statuses, as far as the asker may see the tasks.</summary>
internal sealed class StatusFeed(SocketConnection connection, LiveCursor statuses) : Feed
{
    public override void Stop() => statuses.Dispose();

    protected override async Task RunAsync()
    {
        using LiveCursor cursor = statuses;
        while (await cursor.WaitAsync().ConfigureAwait(false))
        {
            if (cursor.IsDropped)
            {
                // What was missed cannot be told here; after a new connection the viewer asks for the list anyway.
                connection.Close(CloseCode.TooSlow, "too slow");
                return;
            }

            while (cursor.TryNext() is PublishedStatus { Task: var task })
            {
                if (connection.Principal?.AllowsTask(task.Id) == true && !await connection.SendAsync(Message(task), WireJson.Default.TaskStatusMessage).ConfigureAwait(false))
                {
                    return;
                }
            }
        }
    }

    private static TaskStatusMessage Message(TaskRecord task) =>
        new(task.Id, task.Status.Name(), task.ExitCode, task.LastSeq, Rfc3339.Format(task.UpdatedAt));
}
