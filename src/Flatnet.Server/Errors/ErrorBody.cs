using System.Globalization;
using System.Text.Json;
using Flatnet.Logs.Times;

namespace Flatnet.Server.Errors;

/// <summary>Answers a request with an error, always in the same shape.</summary>
internal static class ErrorBody
{
    /// <summary>The version of the interface, not of the program.</summary>
    private const string ApiVersion = "1.0.0";

    public static async Task WriteAsync(HttpContext context, ApiException error, TimeProvider time)
    {
        HttpResponse response = context.Response;
        response.StatusCode = error.Status;
        response.ContentType = "application/json";
        if (error.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        await using (var writer = new Utf8JsonWriter(response.BodyWriter, JsonText.Options))
        {
            Write(writer, error, time);
        }

        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static void Write(Utf8JsonWriter writer, ApiException error, TimeProvider time)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("error"u8);
        writer.WriteString("code"u8, error.Code);
        writer.WriteString("message"u8, error.Message);
        writer.WriteNumber("status"u8, error.Status);
        writer.WriteStartObject("details"u8);
        foreach ((string name, string value) in error.Details)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteStartObject("meta"u8);
        writer.WriteString("timestamp"u8, Rfc3339.Format(Rfc3339.Now(time)));
        writer.WriteString("version"u8, ApiVersion);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
