using System.Text.Json.Nodes;

namespace Flatnet.EndToEnd.Tests.Harness;

/// <summary>
/// Attaches a node to a network as the runtime library does (specification section 1.10): ADD and CHECK forward, DEL backward;
/// name, version, previous result and capability arguments are put into every plugin's configuration.
/// </summary>
internal sealed class ConflistRunner(Sandbox sandbox, JsonObject list)
{
    private readonly Dictionary<string, JsonObject> _results = [];

    public JsonObject Add(Node node, JsonObject? capabilities = null, string arguments = "", string interfaceName = "eth0")
    {
        JsonObject? result = null;
        foreach (JsonObject plugin in Plugins())
        {
            string output = Call("ADD", plugin, node, interfaceName, capabilities, result, arguments).ExpectSuccess().Output;
            result = JsonNode.Parse(output)!.AsObject();
        }

        _results[Key(node, interfaceName)] = result!;
        return result!;
    }

    /// <summary>CHECK by every plugin, but those of the type <paramref name="except"/>.</summary>
    public void Check(Node node, JsonObject? capabilities = null, string interfaceName = "eth0", string? except = null)
    {
        foreach (JsonObject plugin in Plugins().Where(plugin => (string)plugin["type"]! != except))
        {
            CommandResult result = TryCheck(plugin, node, capabilities, interfaceName).ExpectSuccess();
            Assert.Equal("", result.Output);
        }
    }

    /// <summary>CHECK by one plugin of the list, whose outcome the caller judges.</summary>
    public CommandResult TryCheck(JsonObject plugin, Node node, JsonObject? capabilities = null, string interfaceName = "eth0")
    {
        return Call("CHECK", plugin, node, interfaceName, capabilities, _results[Key(node, interfaceName)], "");
    }

    public void Delete(Node node, JsonObject? capabilities = null, string interfaceName = "eth0", string? namespacePath = null)
    {
        JsonObject? result = _results.GetValueOrDefault(Key(node, interfaceName));
        foreach (JsonObject plugin in Plugins().AsEnumerable().Reverse())
        {
            CommandResult outcome = Call("DEL", plugin, node, interfaceName, capabilities, result, "", namespacePath).ExpectSuccess();
            Assert.Equal("", outcome.Output);
        }

        _results.Remove(Key(node, interfaceName));
    }

    public JsonObject Plugin(int index)
    {
        return Plugins()[index];
    }

    private List<JsonObject> Plugins()
    {
        return [.. list["plugins"]!.AsArray().Select(plugin => plugin!.AsObject())];
    }

    private CommandResult Call(
        string command,
        JsonObject plugin,
        Node node,
        string interfaceName,
        JsonObject? capabilities,
        JsonObject? previous,
        string arguments,
        string? namespacePath = null)
    {
        JsonObject configuration = plugin.DeepClone().AsObject();
        configuration["name"] = list["name"]!.DeepClone();
        configuration["cniVersion"] = list["cniVersion"]!.DeepClone();
        if (previous is not null)
        {
            configuration["prevResult"] = previous.DeepClone();
        }

        JsonObject declared = Declared(plugin, capabilities);
        if (declared.Count > 0)
        {
            configuration["runtimeConfig"] = declared;
        }

        return new PluginCall
        {
            Command = command,
            Configuration = configuration,
            ContainerId = $"id-{node.Name}",
            InterfaceName = interfaceName,
            NamespacePath = namespacePath ?? node.Path,
            Arguments = arguments,
        }.Run(sandbox);
    }

    // A plugin gets only the capability arguments that it declares.
    private static JsonObject Declared(JsonObject plugin, JsonObject? capabilities)
    {
        JsonObject declared = [];
        foreach ((string name, JsonNode? value) in capabilities ?? [])
        {
            if (plugin["capabilities"]?[name]?.GetValue<bool>() == true)
            {
                declared[name] = value!.DeepClone();
            }
        }

        return declared;
    }

    private static string Key(Node node, string interfaceName)
    {
        return $"{node.Name}/{interfaceName}";
    }
}
