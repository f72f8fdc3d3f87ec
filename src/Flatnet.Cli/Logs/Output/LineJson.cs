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
    private readonly Utf8JsonWriter _json = new(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    public void Write(in LogLine line)
    {
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("timestamp"u8, line.Timestamp is { } timestamp ? UnixTime.Rfc3339(timestamp) : null);
        _json.WriteString("line"u8, Encoding.UTF8.GetString(line.Text.Span));
        _json.WriteString("stream"u8, line.Channel switch
        {
            LogChannel.Output => "stdout",
            LogChannel.Error => "stderr",
            _ => null,
        });
        _json.WriteString("level"u8, LineLevel.Of(line)?.Name());
        _json.WriteStartObject("labels"u8);
        foreach ((string name, string value) in line.Labels ?? [])
        {
            _json.WriteString(name, value);
        }

        _json.WriteEndObject();
        _json.WriteString("target"u8, line.Origin.Target);
        _json.WriteEndObject();
        _json.Flush();
    }

    /// <summary>A text as JSON, with its quotes.</summary>
    public void WriteText(string text)
    {
        _json.Reset();
        _json.WriteStringValue(text);
        _json.Flush();
    }
}
