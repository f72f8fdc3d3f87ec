using System.Collections.Immutable;
using Flatnet.Logs;
using Flatnet.Server.Auth;
using Flatnet.Server.Errors;
using Flatnet.Server.Export;
using Flatnet.Server.Rest.Query;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Rest.Lines;

/// <summary><c>GET /search</c>: the lines of all tasks that the asker may read.</summary>
internal static class SearchLines
{
    public static readonly ImmutableArray<Parameter> Accepted = [.. Parameters.Filter, Parameters.From, Parameters.To, Parameters.Limit];

    public static async Task HandleAsync(HttpContext context, ILogStore store)
    {
        Principal principal = context.Require(Scopes.LogsRead);
        QueryReader parameters = QueryReader.Of(context);
        (long? from, long? to) = FilterReader.Range(parameters);
        LogFilter filter = FilterReader.Filter(parameters);
        if (filter.Text is null && filter.Pattern is null)
        {
            throw Refusal.Parameter(Parameters.Q.Name, "Say what to search for: 'q' for a text, 'regex' for a pattern.");
        }

        int limit = (int)(parameters.Whole(Parameters.Limit) ?? 100);
        // Who may read some tasks only gets as many lines of those.
        var query = new LogQuery { TaskId = "", From = from, To = to, Filter = filter, Limit = principal.Tasks is null ? limit + 1 : null };
        var found = new List<(string TaskId, LogEntry Entry)>();
        await foreach ((string TaskId, LogEntry) line in store.SearchAsync(query, context.RequestAborted))
        {
            if (principal.AllowsTask(line.TaskId))
            {
                found.Add(line);
            }

            if (found.Count > limit)
            {
                break;
            }
        }

        bool hasMore = found.Count > limit;
        IReadOnlyList<(string TaskId, LogEntry Entry)> lines = hasMore ? found[..limit] : found;
        if (context.Request.GetTypedHeaders().Accept.Any(type => type.MediaType == "application/x-ndjson"))
        {
            using var format = new JsonFormat(isArray: false);
            context.Response.ContentType = format.MediaType;
            await LineStream.WriteAsync(context.Response.BodyWriter, format, lines.ToAsyncEnumerable(), context.RequestAborted);
            return;
        }

        await JsonReply.WriteAsync(context, (lines, hasMore), (writer, reply) =>
        {
            writer.WriteStartArray("content"u8);
            foreach ((string taskId, LogEntry entry) in reply.lines)
            {
                LogObject.Write(writer, taskId, entry);
            }

            writer.WriteEndArray();
            writer.WriteBoolean("hasMore"u8, reply.hasMore);
        });
    }
}
