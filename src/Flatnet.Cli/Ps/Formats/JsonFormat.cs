using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Flatnet.Cli.Addresses;

namespace Flatnet.Cli.Ps.Formats;

/// <summary>One JSON document with everything there is.</summary>
/// <param name="options">Whether sizes, pods and namespaces were asked for.</param>
/// <param name="isCompact">On one line.</param>
internal sealed class JsonFormat(PsOptions options, bool isCompact) : IPsFormat
{
    public PsNeeds Needs => PsNeeds.Addresses | PsNeeds.Conflicts;

    public bool HidesWarnings => true;

    public void Write(TextWriter output, PsListing listing) => output.Write(Render(json => Write(json, listing), isCompact) + "\n");

    /// <summary>What is printed instead when nothing could be listed.</summary>
    public static string Error(string code, string message, bool isCompact) => Render(
        json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteString("code", code);
            json.WriteString("message", message);
            json.WriteEndObject();
            json.WriteEndObject();
        },
        isCompact) + "\n";

    /// <summary>JSON text that leaves letters of all languages as they are; control characters are always escaped.</summary>
    public static string Render(Action<Utf8JsonWriter> write, bool isCompact)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        var style = new JsonWriterOptions { Indented = !isCompact, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(buffer, style))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void Write(Utf8JsonWriter json, PsListing listing)
    {
        json.WriteStartObject();
        json.WriteStartArray("containers");
        foreach (PsRow row in listing.Rows)
        {
            JsonRow.Write(json, row, options.Needs);
        }

        json.WriteEndArray();
        json.WriteNumber("total_containers", listing.Rows.Length);
        json.WriteNumber("flatnet_ips_allocated", listing.Allocated);
        json.WriteStartArray("warnings");
        foreach (string warning in listing.Warnings)
        {
            json.WriteStringValue(warning);
        }

        json.WriteEndArray();
        json.WriteStartObject("sources");
        json.WriteString("podman", Text(SourceState.Ok));
        json.WriteString("ipam", Text(listing.Ipam));
        json.WriteString("registry", Text(listing.Registry));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Text(SourceState state) => state switch
    {
        SourceState.Ok => "ok",
        SourceState.Absent => "absent",
        _ => "error",
    };
}
