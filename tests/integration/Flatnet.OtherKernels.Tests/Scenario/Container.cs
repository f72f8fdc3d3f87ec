using System.Text.Json.Nodes;
using Flatnet.OtherKernels.Tests.Machines;

namespace Flatnet.OtherKernels.Tests.Scenario;

/// <summary>A namespace that plays a container, and its attachment to one network.</summary>
internal sealed class Container(TestHost host, string name)
{
    public string Name => name;

    public string NamespacePath => "/run/netns/" + name;

    /// <summary>The answer of the last ADD.</summary>
    public JsonObject Result { get; private set; } = [];

    /// <summary>The address the last ADD reported, without its prefix length.</summary>
    public string Address => ((string)Result["ips"]![0]!["address"]!).Split('/')[0];

    public string Gateway => (string)Result["ips"]![0]!["gateway"]!;

    /// <summary>The host's end of the pair.</summary>
    public string HostLink => (string)Result["interfaces"]![1]!["name"]!;

    /// <summary>ADD that must succeed.</summary>
    public CommandResult Add(JsonObject config)
    {
        CommandResult added = TryAdd(config).Succeeded();
        Result = JsonNode.Parse(added.Output)!.AsObject();
        return added;
    }

    public CommandResult TryAdd(JsonObject config) => host.Call("ADD", config, name, NamespacePath);

    public CommandResult Check(JsonObject config) => host.Call("CHECK", WithResult(config), name, NamespacePath);

    public CommandResult Delete(JsonObject config) => host.Call("DEL", WithResult(config), name, NamespacePath);

    public CommandResult Run(string script) => host.RunIn(name, script);

    public string Read(string script) => Run(script).Succeeded().Output;

    public CommandResult Ping(string address) => Run("ping -c 1 -W 2 " + address);

    /// <summary>Names of the links inside, without `lo`.</summary>
    public string[] Links() =>
        [.. JsonNode.Parse(Read("ip -j link show"))!.AsArray().Select(link => (string)link!["ifname"]!).Where(link => link != "lo")];

    private JsonObject WithResult(JsonObject config)
    {
        JsonObject complete = config.DeepClone().AsObject();
        complete["prevResult"] = Result.DeepClone();
        return complete;
    }
}
