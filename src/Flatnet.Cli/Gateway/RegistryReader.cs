using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Flatnet.Ipam;

namespace Flatnet.Cli.Gateway;

/// <summary>Reads the registry's list in every form gateways have sent it: an array, <c>{"containers":[…]}</c>, and <c>{}</c> for an
/// empty list, which Lua cannot tell from an empty object. Field names come in two spellings.</summary>
internal static class RegistryReader
{
    /// <summary>The entries; one without an ID and a name, or without a proper address, is left out.</summary>
    /// <exception cref="JsonException">It is no such list.</exception>
    public static ImmutableArray<RegistryEntry> Read(ReadOnlyMemory<byte> json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        ImmutableArray<RegistryEntry>.Builder entries = ImmutableArray.CreateBuilder<RegistryEntry>();
        foreach (JsonElement element in ListOf(document.RootElement))
        {
            if (ReadEntry(element) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return entries.ToImmutable();
    }

    private static JsonElement.ArrayEnumerator ListOf(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("containers", out JsonElement containers))
        {
            root = containers;
        }

        return root.ValueKind switch
        {
            JsonValueKind.Array => root.EnumerateArray(),
            JsonValueKind.Object when !root.EnumerateObject().Any() => default,
            _ => throw new JsonException("expected a list of containers"),
        };
    }

    private static RegistryEntry? ReadEntry(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || !IpAddressText.TryParse(Text(element, "ip"), out IPAddress address))
        {
            return null;
        }

        string id = Text(element, "id");
        string name = Text(element, "hostname", "name");
        return id.Length == 0 && name.Length == 0
            ? null
            : new RegistryEntry(id, address, name, Text(element, "hostId", "host_id"), Time(Text(element, "createdAt", "registered_at")));
    }

    // The first spelling that is there; a number as it is written, because host IDs come both ways.
    private static string Text(JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (element.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            {
                return value.ToString();
            }
        }

        return "";
    }

    // Unix seconds, also within a string, or RFC 3339.
    private static DateTimeOffset? Time(string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds))
        {
            return seconds is >= 0 and <= uint.MaxValue ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null;
        }

        bool isTime = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time);
        return isTime ? time : null;
    }
}
