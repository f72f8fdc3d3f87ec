using System.Text.Json.Nodes;
using Flatnet.EndToEnd.Tests.Harness;

namespace Flatnet.EndToEnd.Tests.Podman;

/// <summary>The network definition in the repository, unchanged, as users copy it to /etc/cni/net.d.</summary>
public sealed class ShippedNetworkTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public ShippedNetworkTests()
    {
        _sandbox.Write($"{Sandbox.NetworkDirectory}/10-flatnet.conflist", File.ReadAllText(PluginUnderTest.ShippedConflist));
    }

    public void Dispose()
    {
        _sandbox.Dispose();
    }

    [HostFact("podman", "runc")]
    public void Podman_lists_inspects_and_uses_it()
    {
        PodmanHost podman = new(_sandbox);

        CommandResult listed = podman.Run("network", "ls", "--format", "{{.Name}} {{.Driver}}");
        JsonNode inspected = JsonNode.Parse(podman.Run("network", "inspect", "flatnet").Output)![0]!;
        podman.RunWeb("web");

        Assert.Contains("flatnet flatnet", listed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("level=warning", listed.Error, StringComparison.Ordinal);
        Assert.Equal("flatnet", (string)inspected["name"]!);
        Assert.Equal("flatnet", (string)inspected["driver"]!);
        Assert.Equal("web", Traffic.From(_sandbox).Fetch(podman.AddressOf("web"), WebFiles.NamePath));
        Assert.Contains(Networks.FlatGateway, _sandbox.Run("ip", "address", "show", Networks.FlatBridge).Output, StringComparison.Ordinal);
    }

    [HostFact("podman", "runc")]
    public void Podman_keeps_port_mappings_when_an_address_is_asked_for()
    {
        JsonNode list = JsonNode.Parse(File.ReadAllText(PluginUnderTest.ShippedConflist))!;

        // Podman 4.3 replaces the capabilities of a first plugin that does not declare "ips" as soon as somebody says --ip.
        Assert.True((bool)list["plugins"]![0]!["capabilities"]!["ips"]!);
        // Podman 4.3's library cannot read a result of version 1.1.0; newer runtimes pick it from cniVersions.
        Assert.Equal("1.0.0", (string)list["cniVersion"]!);
    }

    [HostFact("containerd", "ctr", "runc")]
    public void Containerd_uses_it()
    {
        using ContainerdHost containerd = new(_sandbox);

        using Background running = containerd.RunWeb("web");

        string shown = containerd.Exec("web", "ip", "address", "show", "eth0").ExpectSuccess().Output;
        Assert.Contains("inet 10.87.1.", shown, StringComparison.Ordinal);
    }
}
