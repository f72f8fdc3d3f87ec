using System.Text;

namespace Flatnet.Ipam.Tests;

/// <summary>Configurations from JSON, as the plugin reads them.</summary>
internal static class Configurations
{
    public static IpamConfiguration Read(string json, string? requestedByArgs = null) =>
        IpamConfigurationReader.Read(Wrap(json), requestedByArgs);

    public static ConfigObject Wrap(string json) => new(JsonValue.Parse(Encoding.UTF8.GetBytes(json)), "");

    /// <summary>A network "flatnet" with this <c>ipam</c> content.</summary>
    public static IpamConfiguration Ipam(string ipam, params string[] requested)
    {
        string ips = string.Join(',', requested.Select(ip => $"\"{ip}\""));
        return Read($$"""
            {"cniVersion":"1.0.0","name":"flatnet","runtimeConfig":{"ips":[{{ips}}] },"ipam":{"type":"flatnet-ipam",{{ipam}} } }
            """);
    }

    public static IpamConfiguration Subnet(string subnet, params string[] requested) =>
        Ipam($$"""
            "ranges":[[{"subnet":"{{subnet}}"}]]
            """, requested);
}
