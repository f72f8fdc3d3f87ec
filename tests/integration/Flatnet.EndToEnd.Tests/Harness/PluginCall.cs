using System.Text.Json.Nodes;

namespace Flatnet.EndToEnd.Tests.Harness;

/// <summary>One call of a plugin as a runtime makes it: variables, the network's configuration on standard input.</summary>
internal sealed record PluginCall
{
    public required string Command { get; init; }

    public required JsonObject Configuration { get; init; }

    public string ContainerId { get; init; } = "";

    public string InterfaceName { get; init; } = "";

    public string NamespacePath { get; init; } = "";

    public string Arguments { get; init; } = "";

    /// <summary>Runs the plugin named by the configuration's <c>type</c>; ours win over reference plugins of the same name.</summary>
    public CommandResult Run(Sandbox sandbox)
    {
        string type = (string)Configuration["type"]!;
        string own = $"{Sandbox.PluginDirectory}/{type}";
        string file = File.Exists(sandbox.Outside(own)) ? own : $"{Sandbox.ReferencePluginDirectory}/{type}";
        Dictionary<string, string> environment = new()
        {
            ["CNI_COMMAND"] = Command,
            ["CNI_CONTAINERID"] = ContainerId,
            ["CNI_NETNS"] = NamespacePath,
            ["CNI_IFNAME"] = InterfaceName,
            ["CNI_ARGS"] = Arguments,
            ["CNI_PATH"] = $"{Sandbox.PluginDirectory}:{Sandbox.ReferencePluginDirectory}",
        };
        return sandbox.Try([file], environment, Configuration.ToJsonString());
    }
}
