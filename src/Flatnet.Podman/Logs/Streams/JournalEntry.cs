using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Flatnet.Podman.Logs;

/// <summary>One entry as <c>journalctl --output=json</c> prints it.</summary>
internal static class JournalEntry
{
    private const string ErrorPriority = "3";
    private const long NanosecondsPerMicrosecond = 1000;

    /// <summary>Reads an entry; false when the line is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out LogPiece piece)
    {
        piece = default;
        try
        {
            Utf8JsonReader reader = new(line);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            JsonElement entry = document.RootElement;
            if (entry.ValueKind != JsonValueKind.Object
                || !entry.TryGetProperty("MESSAGE", out JsonElement message)
                || Bytes(message) is not { } text
                || !long.TryParse(Text(entry, "__REALTIME_TIMESTAMP"), NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds)
                || microseconds > long.MaxValue / NanosecondsPerMicrosecond)
            {
                return false;
            }

            LogChannel channel = Text(entry, "PRIORITY") == ErrorPriority ? LogChannel.Error : LogChannel.Output;
            piece = new LogPiece(
                new LogRecord(microseconds * NanosecondsPerMicrosecond, channel, Line(text)),
                Text(entry, "CONTAINER_PARTIAL_MESSAGE") == "true");
            return true;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    // The monitor sends the line with its line end.
    private static ReadOnlyMemory<byte> Line(byte[] text)
    {
        return text is [.., (byte)'\n'] ? text.AsMemory(..^1) : text;
    }

    // Text, or its bytes as numbers when it is not plain UTF-8.
    private static byte[]? Bytes(JsonElement message)
    {
        return message.ValueKind switch
        {
            JsonValueKind.String => Encoding.UTF8.GetBytes(message.GetString()!),
            JsonValueKind.Array when message.EnumerateArray().All(IsByte) => [.. message.EnumerateArray().Select(value => value.GetByte())],
            _ => null,
        };
    }

    private static bool IsByte(JsonElement value)
    {
        return value.ValueKind == JsonValueKind.Number && value.TryGetByte(out _);
    }

    private static string Text(JsonElement entry, string name)
    {
        return entry.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
    }
}
