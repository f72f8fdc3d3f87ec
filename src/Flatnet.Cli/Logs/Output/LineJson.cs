using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Flatnet.Cli.Times;
using Flatnet.Logs;
using Flatnet.Podman;

namespace Flatnet.Cli.Logs;

/// <summary>A line as a JSON object: <c>timestamp line stream level labels target</c>.</summary>
internal sealed class LineJson(Utf8Output output)
{
    // Text in other alphabets stays readable; nothing here goes into a web page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Write(in LogLine line)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteString("timestamp"u8, line.Timestamp is { } timestamp ? UnixTime.Rfc3339(timestamp) : null);
        json.WriteString("line"u8, Encoding.UTF8.GetString(line.Text.Span));
        json.WriteString("stream"u8, line.Channel switch
        {
            LogChannel.Output => "stdout",
            LogChannel.Error => "stderr",
            _ => null,
        });
        json.WriteString("level"u8, LineLevel.Of(line)?.Name());
        json.WriteStartObject("labels"u8);
        // The dictionary's own order is another in each process.
        foreach ((string name, string value) in (line.Labels ?? ImmutableDictionary<string, string>.Empty).OrderBy(label => label.Key, StringComparer.Ordinal))
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteString("target"u8, line.Origin.Target);
        json.WriteEndObject();
    }

    /// <summary>A text as JSON, with its quotes.</summary>
    public void WriteText(string text)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStringValue(text);
    }
}
