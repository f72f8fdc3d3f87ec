using System.Text.Json;
using Flatnet.Logs.Times;
using Flatnet.Server.Errors;

namespace Flatnet.Server.Rest;

/// <summary>Answers with a JSON object.</summary>
internal static class JsonReply
{
    public static async Task WriteAsync<T>(HttpContext context, T content, Action<Utf8JsonWriter, T> write, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await using (var writer = new Utf8JsonWriter(context.Response.BodyWriter, JsonText.Options))
        {
            writer.WriteStartObject();
            write(writer, content);
            writer.WriteEndObject();
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>A time; null without one.</summary>
    public static void WriteTime(this Utf8JsonWriter writer, string name, long? time)
    {
        if (time is { } value)
        {
            writer.WriteString(name, Rfc3339.Format(value));
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
