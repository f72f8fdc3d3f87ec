using System.Globalization;
using System.Text.Json.Nodes;

namespace Flatnet.Plugin.Tests.Setup;

/// <summary>One call with exactly these variables and this input, so that each can be missing or malformed.</summary>
internal sealed class RawCall
{
    public RawCall(string command, JsonObject configuration, Node? node, string interfaceName = "eth0", string arguments = "")
    {
        Configuration = (JsonObject)configuration.DeepClone();
        Environment = new Dictionary<string, string>
        {
            ["CNI_COMMAND"] = command,
            ["CNI_PATH"] = $"{Sandbox.PluginDirectory}:{Sandbox.ReferencePluginDirectory}",
        };
        if (node is not null)
        {
            Environment["CNI_CONTAINERID"] = node.Name;
            Environment["CNI_NETNS"] = node.Path;
            Environment["CNI_IFNAME"] = interfaceName;
        }

        if (arguments.Length > 0)
        {
            Environment["CNI_ARGS"] = arguments;
        }
    }

    public Dictionary<string, string> Environment { get; }

    public JsonObject Configuration { get; }

    /// <summary>Standard input when it is not <see cref="Configuration"/>.</summary>
    public string? Input { get; set; }

    /// <summary>Sets a key by its path, such as <c>ipam.dataDir</c>; the value is JSON.</summary>
    public RawCall Set(string path, string json)
    {
        string[] keys = path.Split('.');
        JsonObject holder = Configuration;
        foreach (string key in keys[..^1])
        {
            if (holder[key] is not JsonObject inner)
            {
                inner = [];
                holder[key] = inner;
            }

            holder = inner;
        }

        holder[keys[^1]] = JsonNode.Parse(json);
        return this;
    }

    public RawCall With(string variable, string? value)
    {
        if (value is null)
        {
            Environment.Remove(variable);
        }
        else
        {
            Environment[variable] = value;
        }

        return this;
    }

    /// <summary>Runs the plugin, or the program that <paramref name="file"/> names.</summary>
    public CommandResult Run(Sandbox sandbox, string file = $"{Sandbox.PluginDirectory}/flatnet")
    {
        return sandbox.Try([file], Environment, Input ?? Configuration.ToJsonString());
    }

    public override string ToString()
    {
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', Environment)} {Input ?? Configuration.ToJsonString()}");
    }
}
