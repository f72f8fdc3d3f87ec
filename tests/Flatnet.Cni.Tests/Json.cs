using System.Text;
using Flatnet.Ipam;

namespace Flatnet.Cni.Tests;

/// <summary>Configurations as the plugin sees them, from text.</summary>
internal static class Json
{
    public static ConfigObject Config(string json) => new(JsonValue.Parse(Encoding.UTF8.GetBytes(json)), "");

    public static ConfigObject Config(ReadOnlyMemory<byte> json) => new(JsonValue.Parse(json), "");
}
