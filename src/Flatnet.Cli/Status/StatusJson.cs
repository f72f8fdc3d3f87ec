using Flatnet.Cli.Json;

namespace Flatnet.Cli.Status;

/// <summary>The report as one JSON document.</summary>
internal static class StatusJson
{
    public static void Write(TextWriter output, StatusReport report, bool isCompact) => JsonOutput.Write(
        output,
        writer =>
        {
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
        },
        isCompact);
}
