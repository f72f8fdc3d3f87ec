using System.Collections.Immutable;
using System.Net;
using System.Text.Json;

namespace Flatnet.Podman.Json;

/// <summary>Reads <c>NetworkSettings.Networks</c>, which inspecting and the Docker-compatible list share.</summary>
internal static class NetworkReader
{
    public static ImmutableArray<ContainerNetwork> Read(JsonElement container)
    {
        return
        [
            .. container.Field("NetworkSettings").Properties("Networks")
                .Select(network => new ContainerNetwork(network.Name, Addresses(network.Value), network.Value.Text("MacAddress")))
                .OrderBy(network => network.Name, StringComparer.Ordinal),
        ];
    }

    private static ImmutableArray<IPAddress> Addresses(JsonElement network)
    {
        string[] texts =
        [
            network.Text("IPAddress"),
            .. Secondary(network, "SecondaryIPAddresses"),
            network.Text("GlobalIPv6Address"),
            .. Secondary(network, "SecondaryIPv6Addresses"),
        ];
        return [.. texts.Select(text => IPAddress.TryParse(text, out IPAddress? address) ? address : null).OfType<IPAddress>().Distinct()];
    }

    private static IEnumerable<string> Secondary(JsonElement network, string name)
    {
        return network.Items(name).Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : item.Text("Addr"));
    }
}
