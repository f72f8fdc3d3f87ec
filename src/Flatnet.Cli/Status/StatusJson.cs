using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Flatnet.Cli.Status;

/// <summary>The report as one JSON document.</summary>
internal static class StatusJson
{
    public static void Write(TextWriter output, StatusReport report, bool indented)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Indented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("components");
            foreach (ComponentStatus row in report.Components)
            {
                writer.WriteStartObject();
                writer.WriteString("name", row.Name);
                writer.WriteString("status", row.State.ToString());
                writer.WriteString("details", row.Details);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteNumber("containers", report.Containers);
            writer.WriteString("uptime", report.Uptime);
            writer.WriteString("gateway_url", report.GatewayUrl.ToString().TrimEnd('/'));
            writer.WriteEndObject();
        }

        output.Write(Encoding.UTF8.GetString(json.WrittenSpan));
        output.Write('\n');
    }
}
