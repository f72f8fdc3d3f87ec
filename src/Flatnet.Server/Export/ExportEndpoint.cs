using System.Collections.Immutable;
using System.IO.Compression;
using System.IO.Pipelines;
using Flatnet.Logs;
using Flatnet.Server.Auth;
using Flatnet.Server.Rest;
using Flatnet.Server.Rest.Query;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Export;

/// <summary><c>GET /tasks/{taskId}/logs/export</c>: a task's lines as a file, as many as there were at the start.</summary>
internal static class ExportEndpoint
{
    public static readonly ImmutableArray<Parameter> Accepted =
        [Parameters.Format, Parameters.From, Parameters.To, .. Parameters.Filter, Parameters.Gzip];

    public static async Task HandleAsync(HttpContext context, string taskId, ILogStore store)
    {
        context.RequireTask(Scopes.LogsRead, taskId);
        QueryReader parameters = QueryReader.Of(context);
        using ILineFormat format = LineFormats.Create(parameters.Text(Parameters.Format) ?? "json");
        bool isPacked = parameters.Flag(Parameters.Gzip);
        (long? from, long? to) = FilterReader.Range(parameters);
        LogFilter filter = FilterReader.Filter(parameters);
        TaskRecord task = await store.RequireTaskAsync(taskId, context.RequestAborted);
        var query = new LogQuery { TaskId = taskId, BeforeSeq = task.LastSeq + 1, From = from, To = to, Filter = filter };

        context.Response.ContentType = isPacked ? "application/gzip" : format.MediaType;
        // A task's ID has no character that needs quoting.
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{taskId}-logs.{format.Extension}{(isPacked ? ".gz" : "")}\"";
        IAsyncEnumerable<(string, LogEntry)> lines = store.ReadAsync(query, context.RequestAborted).Select(entry => (taskId, entry));
        if (!isPacked)
        {
            await LineStream.WriteAsync(context.Response.BodyWriter, format, lines, context.RequestAborted);
            return;
        }

        await using var packer = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
        PipeWriter output = PipeWriter.Create(packer, new StreamPipeWriterOptions(leaveOpen: true));
        await LineStream.WriteAsync(output, format, lines, context.RequestAborted);
        await output.CompleteAsync();
    }
}
