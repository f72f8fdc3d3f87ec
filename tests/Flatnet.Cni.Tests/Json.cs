using System.Text.Json;
using Flatnet.Ipam;

namespace Flatnet.Cni.Tests;

/// <summary>Configurations as the plugin sees them, from text.</summary>
internal static class Json
{
    public static ConfigObject Config(string json) => new(JsonDocument.Parse(json).RootElement, "");

    public static JsonElement Parse(ReadOnlyMemory<byte> json) => JsonDocument.Parse(json).RootElement;
}
