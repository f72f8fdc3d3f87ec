using System.Buffers;
using System.Text;
using System.Text.Json;
using Flatnet.Cli.Times;

namespace Flatnet.Cli.Logs;

/// <summary>A line of a JSON log such as the plugin's, <c>{"time":...,"level":"info","message":"ADD flatnet eth0",...}</c>, made readable.</summary>
internal static class JsonLogLine
{
    /// <summary>The line as <c>INFO ADD flatnet eth0 name=web ...</c>, and its time. False if it is not such a line.</summary>
    public static bool TryRender(ReadOnlySpan<byte> line, out long timestamp, out byte[] text)
    {
        timestamp = 0;
        text = [];
        if (line is not [(byte)'{', ..] || line.IndexOf("\"message\""u8) < 0)
        {
            return false;
        }

        try
        {
            var fields = new StringBuilder();
            string message = "";
            string level = "";
            var reader = new Utf8JsonReader(line);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                reader.Read();
                switch (name)
                {
                    case "time" when reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out DateTimeOffset time):
                        timestamp = UnixTime.Nanoseconds(time);
                        break;
                    case "level" when reader.TokenType == JsonTokenType.String:
                        level = reader.GetString()!.ToUpperInvariant() + " ";
                        break;
                    case "message" when reader.TokenType == JsonTokenType.String:
                        message = reader.GetString()!;
                        break;
                    case "event":
                        reader.Skip();
                        break;
                    default:
                        Append(fields, name, ref reader);
                        break;
                }
            }

            text = Encoding.UTF8.GetBytes($"{level}{message}{fields}");
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static void Append(StringBuilder fields, string name, ref Utf8JsonReader reader)
    {
        string value = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.StartArray => Items(ref reader),
            JsonTokenType.StartObject => Whole(ref reader),
            JsonTokenType.Null => "",
            _ => Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan),
        };
        if (value.Length > 0)
        {
            bool isPlain = value.AsSpan().IndexOfAny(" \"=\t\n") < 0;
            fields.Append(' ').Append(name).Append('=')
                .Append(isPlain ? value : $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
        }
    }

    private static string Items(ref Utf8JsonReader reader)
    {
        var items = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(reader.TokenType == JsonTokenType.String ? reader.GetString()! : Whole(ref reader));
        }

        return string.Join("; ", items);
    }

    private static string Whole(ref Utf8JsonReader reader)
    {
        using JsonDocument value = JsonDocument.ParseValue(ref reader);
        return value.RootElement.GetRawText();
    }
}
