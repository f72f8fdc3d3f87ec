using Flatnet.Server.Auth;
using Flatnet.Server.Errors;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Rest.Tasks;

/// <summary><c>GET /tasks/{taskId}/streams/{streamId}</c>: what of an agent's lines is durable, for one that goes on over REST.</summary>
internal static class ShowStream
{
    private const int LongestStreamId = 128;

    public static async Task HandleAsync(HttpContext context, string taskId, string streamId, ILogStore store)
    {
        context.RequireTask(Scopes.LogsWrite, taskId);
        if (streamId.Length > LongestStreamId)
        {
            throw Refusal.Parameter("streamId", $"'streamId' must have 1 to {LongestStreamId} characters.");
        }

        long sequence = await store.GetLastSequenceAsync(taskId, streamId, context.RequestAborted);
        await JsonReply.WriteAsync(context, (streamId, sequence), (writer, reply) =>
        {
            writer.WriteString("streamId"u8, reply.streamId);
            writer.WriteNumber("lastSequence"u8, reply.sequence);
        });
    }
}
