using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Flatnet.Logs.Times;
using Microsoft.Extensions.Logging;

namespace Flatnet.Agent.Logging;

/// <summary>One message of the agent's own log as a line.</summary>
internal static class LogLine
{
    private const string Prefix = "flatnet-agent: ";

    // Read by people and collectors, never as HTML.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>flatnet-agent: WARN message</c>; in a file the time stands in front instead.</summary>
    public static string Text(DateTimeOffset? time, LogLevel level, string message, Exception? exception)
    {
        string start = time is { } when ? Rfc3339.Format(Rfc3339.FromTime(when)) + " " : Prefix;
        string cause = exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})";
        return start + Name(level) + " " + OneLine(message + cause);
    }

    /// <summary>An object with the message, its event and its values.</summary>
    public static string Json(
        DateTimeOffset time, LogLevel level, EventId id, string message, IReadOnlyList<KeyValuePair<string, object?>>? values, Exception? exception)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(bytes, Readable))
        {
            writer.WriteStartObject();
            writer.WriteString("timestamp", Rfc3339.Format(Rfc3339.FromTime(time)));
            writer.WriteString("level", Name(level));
            writer.WriteString("source", "agent");
            writer.WriteNumber("event", id.Id);
            writer.WriteString("message", message);
            if (exception is not null)
            {
                writer.WriteString("error", $"{exception.GetType().Name}: {exception.Message}");
            }

            foreach ((string name, object? value) in values ?? [])
            {
                if (name != "{OriginalFormat}")
                {
                    writer.WriteString(JsonNamingPolicy.CamelCase.ConvertName(name), Convert.ToString(value, CultureInfo.InvariantCulture));
                }
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace => "TRACE",
        LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARN",
        LogLevel.Error => "ERROR",
        _ => "FATAL",
    };

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
