using System.Text.Json;

namespace Flatnet.Kernel.Tests;

/// <summary>Short ways into what tools print.</summary>
internal static class JsonShortcuts
{
    internal static string? Text(this JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    internal static int Number(this JsonElement element, string name) => element.GetProperty(name).GetInt32();

    internal static List<string> Flags(this JsonElement element) =>
        [.. element.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()!)];

    internal static JsonElement PortData(this JsonElement link) => link.GetProperty("linkinfo").GetProperty("info_slave_data");
}
