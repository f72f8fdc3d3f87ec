using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Flatnet.Logs.Wire;
using Flatnet.Server.Errors;
using Flatnet.Server.Rest.Bodies;

namespace Flatnet.Server.Rest.Tasks;

/// <summary>Reads the bodies of requests about tasks.</summary>
internal static class TaskBody
{
    private const int LargestBody = 1024 * 1024;

    /// <exception cref="ApiException">It is not such an object.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new ApiException(415, ErrorCode.UnsupportedMediaType, "The Content-Type must be application/json.");
        }

        using RequestBody body = await RequestBody.ReadAsync(context, LargestBody);
        try
        {
            return JsonSerializer.Deserialize(body.Span, type) ?? throw new ApiException(400, ErrorCode.InvalidInput, "The body must be a JSON object.");
        }
        catch (JsonException error)
        {
            string place = error.Path is { Length: > 1 } path ? $" at {path}" : "";
            throw new ApiException(400, ErrorCode.InvalidInput,
                $"The body makes no sense{place}. It is an object with {string.Join(", ", type.Properties.Select(property => property.Name))}.");
        }
    }
}
