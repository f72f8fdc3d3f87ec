using Flatnet.Logs.Wire;
using Flatnet.Server.Errors;
using Microsoft.Net.Http.Headers;

namespace Flatnet.Server.Rest.Bodies;

/// <summary>Reads the body of a request that appends lines.</summary>
internal static class LogBody
{
    private const string Json = "application/json";
    private const string Lines = "application/x-ndjson";

    /// <exception cref="ApiException">It is not what it must be.</exception>
    public static async Task<LogBatch> ReadAsync(HttpContext context, string taskId, int limit, long received)
    {
        bool isLines = IsLines(context.Request);
        using RequestBody body = await RequestBody.ReadAsync(context, limit);
        var reader = new LogBatchReader(taskId, received);
        return isLines ? reader.ReadLines(body.Span) : reader.ReadJson(body.Span);
    }

    private static bool IsLines(HttpRequest request)
    {
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            if (type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

            if (type.MediaType.Equals(Lines, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        throw new ApiException(415, ErrorCode.UnsupportedMediaType, $"The Content-Type must be {Json} or {Lines}, in UTF-8.");
    }
}
