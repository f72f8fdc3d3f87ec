using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Flatnet.Cli.Json;

/// <summary>JSON for scripts. Letters of all languages stay as they are; control characters are escaped.</summary>
internal static class JsonOutput
{
    /// <summary>Writes an object whose members the action adds, and a line end.</summary>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> members, bool isCompact = false) => output.Write(Render(members, isCompact));

    /// <summary>The object as text, with a line end.</summary>
    /// <param name="members">Adds its members.</param>
    /// <param name="isCompact">On one line.</param>
    public static string Render(Action<Utf8JsonWriter> members, bool isCompact = false) => RenderValue(
        writer =>
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        },
        isCompact) + "\n";

    /// <summary>Any value as text, without a line end.</summary>
    public static string RenderValue(Action<Utf8JsonWriter> write, bool isCompact)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        var style = new JsonWriterOptions { Indented = !isCompact, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(buffer, style))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes an array of strings.</summary>
    public static void WriteStrings(this Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (string value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}
