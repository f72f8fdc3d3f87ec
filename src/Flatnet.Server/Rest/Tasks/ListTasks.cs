using System.Collections.Immutable;
using Flatnet.Server.Auth;
using Flatnet.Server.Rest.Query;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Rest.Tasks;

/// <summary><c>GET /tasks</c>: the tasks that the asker may read, the last written to first.</summary>
internal static class ListTasks
{
    public static readonly ImmutableArray<Parameter> Accepted = [Parameters.UpdatedBefore, Parameters.Limit];

    public static async Task HandleAsync(HttpContext context, ILogStore store)
    {
        Principal principal = context.Require(Scopes.LogsRead);
        QueryReader query = QueryReader.Of(context);
        int limit = (int)(query.Whole(Parameters.Limit) ?? 100);
        long? before = query.Time(Parameters.UpdatedBefore);
        var tasks = new List<TaskRecord>();
        bool isEnd = false;
        while (!isEnd && tasks.Count < limit)
        {
            IReadOnlyList<TaskRecord> page = await store.ListTasksAsync(before, limit, context.RequestAborted);
            foreach (TaskRecord task in page.Where(task => principal.AllowsTask(task.Id)).Take(limit - tasks.Count))
            {
                tasks.Add(task);
            }

            isEnd = page.Count < limit;
            before = page.Count > 0 ? page[^1].UpdatedAt : before;
        }

        await JsonReply.WriteAsync(context, (tasks, isEnd), (writer, reply) =>
        {
            writer.WriteStartArray("content"u8);
            foreach (TaskRecord task in reply.tasks)
            {
                writer.WriteStartObject();
                TaskObject.WriteMembers(writer, task);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteTime("next", reply.isEnd ? null : reply.tasks[^1].UpdatedAt);
        });
    }
}
