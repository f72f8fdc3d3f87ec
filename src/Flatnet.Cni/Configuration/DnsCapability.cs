using System.Text.Json;
using Flatnet.Ipam;

namespace Flatnet.Cni.Configuration;

/// <summary>The <c>dns</c> capability of the CNI conventions: <c>servers</c>, <c>searches</c>, <c>options</c>.</summary>
internal static class DnsCapability
{
    /// <summary>The settings in <c>runtimeConfig.dns</c>.</summary>
    /// <exception cref="ConfigException">A list holds something else than text.</exception>
    public static DnsSettings Read(ConfigObject capability) => new()
    {
        Nameservers = Texts(capability, "servers"),
        Search = Texts(capability, "searches"),
        Options = Texts(capability, "options"),
    };

    private static List<string> Texts(ConfigObject capability, string key)
    {
        var texts = new List<string>();
        foreach (JsonValue element in capability.Array(key) ?? [])
        {
            if (element.ValueKind != JsonValueKind.String)
            {
                throw new ConfigException($"{capability.Path}.{key}: {element.GetRawText()} is not a string");
            }

            texts.Add(element.GetString()!);
        }

        return texts;
    }
}
