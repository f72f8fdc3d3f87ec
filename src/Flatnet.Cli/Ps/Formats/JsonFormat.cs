using System.Text.Json;
using Flatnet.Cli.Addresses;
using Flatnet.Cli.Json;

namespace Flatnet.Cli.Ps.Formats;

/// <summary>One JSON document with everything there is.</summary>
/// <param name="options">Whether sizes, pods and namespaces were asked for.</param>
/// <param name="isCompact">On one line.</param>
internal sealed class JsonFormat(PsOptions options, bool isCompact) : IPsFormat
{
    public PsNeeds Needs => PsNeeds.Addresses | PsNeeds.Conflicts;

    public bool HidesWarnings => true;

    public void Write(TextWriter output, PsListing listing) => JsonOutput.Write(output, json => Write(json, listing), isCompact);

    /// <summary>What is printed instead when nothing could be listed.</summary>
    public static string Error(string code, string message, bool isCompact) => JsonOutput.Render(
        json =>
        {
            json.WriteStartObject("error");
            json.WriteString("code", code);
            json.WriteString("message", message);
            json.WriteEndObject();
        },
        isCompact);

    private void Write(Utf8JsonWriter json, PsListing listing)
    {
        json.WriteStartArray("containers");
        foreach (PsRow row in listing.Rows)
        {
            JsonRow.Write(json, row, options.Needs);
        }

        json.WriteEndArray();
        json.WriteNumber("total_containers", listing.Rows.Length);
        json.WriteNumber("flatnet_ips_allocated", listing.Allocated);
        json.WriteStrings("warnings", listing.Warnings);
        json.WriteStartObject("sources");
        json.WriteString("podman", Text(SourceState.Ok));
        json.WriteString("ipam", Text(listing.Ipam));
        json.WriteString("registry", Text(listing.Registry));
        json.WriteEndObject();
    }

    private static string Text(SourceState state) => state switch
    {
        SourceState.Ok => "ok",
        SourceState.Absent => "absent",
        _ => "error",
    };
}
