using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Text;
using Flatnet.Logs;
using Flatnet.Server.Auth;
using Flatnet.Server.Export;
using Flatnet.Server.Live;
using Flatnet.Server.Rest.Query;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Rest.Lines;

/// <summary><c>GET /api/v1/execution/{taskId}/logs</c>: a task's lines as text, and on with new ones if asked to.</summary>
internal static class TextLines
{
    public static readonly ImmutableArray<Parameter> Accepted = [Parameters.Follow, Parameters.Tail];

    public static async Task HandleAsync(HttpContext context, string taskId, ILogStore store, LiveHub live, IHostApplicationLifetime lifetime)
    {
        context.RequireTask(Scopes.LogsRead, taskId);
        QueryReader query = QueryReader.Of(context);
        bool isFollowing = query.Flag(Parameters.Follow);
        long? tail = query.Whole(Parameters.Tail);
        await store.RequireTaskAsync(taskId, context.RequestAborted);

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        using LiveSubscription subscription = live.Subscribe(new LiveRequest
        {
            TaskId = taskId,
            AfterSeq = tail is null ? 0 : null,
            Tail = (int)(tail ?? 0),
            IsRealtime = isFollowing,
        });
        using CancellationTokenRegistration stop = ending.Token.Register(subscription.Dispose);
        context.Response.ContentType = "text/plain; charset=utf-8";
        PipeWriter output = context.Response.BodyWriter;
        await context.Response.StartAsync(context.RequestAborted);
        await foreach (LiveEvent item in subscription.ReadAsync(context.RequestAborted))
        {
            Write(output, taskId, item);
            await output.FlushAsync(context.RequestAborted);
        }
    }

    private static void Write(PipeWriter output, string taskId, LiveEvent item)
    {
        switch (item)
        {
            case Live.Lines lines:
                using (var format = new TextFormat())
                {
                    foreach (LogEntry entry in lines.Entries)
                    {
                        format.Write(output, taskId, entry);
                    }
                }

                break;
            case Skipped skipped:
                Encoding.UTF8.GetBytes($"# The lines {skipped.FromSeq} to {skipped.ToSeq} are left out: they came faster than they were read.\n", output);
                break;
            default:
                break;
        }
    }
}
