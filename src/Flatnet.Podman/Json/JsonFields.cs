using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Flatnet.Podman.Json;

/// <summary>Reads fields that may be missing, null or of another type in some version of Podman; then they count as empty.</summary>
internal static class JsonFields
{
    public static JsonElement Field(this JsonElement element, string name)
    {
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement field) ? field : default;
    }

    public static string Text(this JsonElement element, string name)
    {
        return element.Field(name) is { ValueKind: JsonValueKind.String } field ? field.GetString()! : "";
    }

    public static long? Number(this JsonElement element, string name)
    {
        return element.Field(name) is { ValueKind: JsonValueKind.Number } field && field.TryGetInt64(out long number) ? number : null;
    }

    /// <summary>A number that fits an <see cref="int"/>; else 0.</summary>
    public static int SmallNumber(this JsonElement element, string name)
    {
        return element.Number(name) is >= int.MinValue and <= int.MaxValue and long number ? (int)number : 0;
    }

    public static bool Flag(this JsonElement element, string name)
    {
        return element.Field(name).ValueKind == JsonValueKind.True;
    }

    /// <summary>A time as text or in seconds since 1970. What never happened is written as a time long before: null.</summary>
    public static DateTimeOffset? Time(this JsonElement element, string name)
    {
        JsonElement field = element.Field(name);
        if (field.ValueKind == JsonValueKind.String && field.TryGetDateTimeOffset(out DateTimeOffset time))
        {
            return time > DateTimeOffset.UnixEpoch ? time : null;
        }

        return element.Number(name) is > 0 and <= 253402300799 and long seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
    }

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name)
    {
        return element.Field(name) is { ValueKind: JsonValueKind.Array } field ? field.EnumerateArray() : [];
    }

    public static IEnumerable<JsonProperty> Properties(this JsonElement element, string name)
    {
        return element.Field(name) is { ValueKind: JsonValueKind.Object } field ? field.EnumerateObject() : [];
    }

    public static ImmutableArray<string> Texts(this JsonElement element, string name)
    {
        return [.. element.Items(name).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];
    }

    public static ImmutableDictionary<string, string> TextMap(this JsonElement element, string name)
    {
        ImmutableDictionary<string, string>.Builder map = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (JsonProperty property in element.Properties(name).Where(property => property.Value.ValueKind == JsonValueKind.String))
        {
            map[property.Name] = property.Value.GetString()!;
        }

        return map.Count == 0 ? ImmutableDictionary<string, string>.Empty : map.ToImmutable();
    }

    /// <summary>A port written as text or as a number; else 0.</summary>
    public static int Port(this JsonElement element, string name)
    {
        return int.TryParse(element.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out int port) ? port : element.SmallNumber(name);
    }
}
