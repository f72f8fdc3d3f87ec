using System.Text.Json.Nodes;
using Flatnet.Bench.Measuring;

namespace Flatnet.Bench.Rivals;

/// <summary>
/// The ground everybody runs on: the network namespace this process was started in plays the host, named namespaces beside it
/// play the containers. All of it, and every mount, belongs to private namespaces made by <c>bench/run</c> and ends with them.
/// </summary>
internal sealed class Ground(Options options)
{
    /// <summary>Debian's package <c>containernetworking-plugins</c>.</summary>
    public const string DebianPlugins = "/usr/lib/cni";

    private readonly HashSet<string> _namespaces = [];
    private int _networks;

    public Options Options { get; } = options;

    public Stopwatch Stopwatch { get; } = new(Path.Combine(options.ToolDirectory, "stopwatch"));

    public string FlatnetProgram => Path.Combine(Options.PluginDirectory, "flatnet");

    /// <summary>The command that administrators type, not the plugin.</summary>
    public string CommandProgram => Options.CommandProgram;

    public string FlatnetIpamProgram => Path.Combine(Options.PluginDirectory, "flatnet-ipam");

    public static string BridgeProgram => Path.Combine(DebianPlugins, "bridge");

    /// <summary>The path of a container's namespace: made when first asked for, empty again whenever its last user has left.</summary>
    public string Namespace(string name)
    {
        if (_namespaces.Add(name))
        {
            Tool.Run("ip", "netns", "add", name);
            Tool.Run("ip", "-n", name, "link", "set", "lo", "up");
        }

        return "/run/netns/" + name;
    }

    /// <summary>A network of ours, as the shipped conflist has it.</summary>
    public Plugin Flatnet(string name, bool masquerade = true, int prefixLength = 24) =>
        new(FlatnetProgram, Options.PluginDirectory, Options.StreamDirectory,
            Configuration(name, "flatnet", "flatnet-ipam", masquerade, prefixLength));

    /// <summary>The same network with Debian's plugins.</summary>
    public Plugin Bridge(string name, bool masquerade = true, int prefixLength = 24) =>
        new(BridgeProgram, DebianPlugins, Options.StreamDirectory,
            Configuration(name, "bridge", "host-local", masquerade, prefixLength));

    public Floor Floor() => new(Path.Combine(Options.ToolDirectory, "floor"), Options.StreamDirectory);

    /// <summary>
    /// Attaches one container that stays: every measured ADD meets a network that is in use, as all but a network's first do.
    /// </summary>
    public void Settle(params IReadOnlyList<IRival> rivals)
    {
        foreach (var rival in rivals)
        {
            var name = "anchor-" + rival.Name.Replace(' ', '-');
            Stopwatch.Run(rival.Add(new Container(name, Namespace(name))));
        }
    }

    /// <summary>
    /// What a runtime makes of the shipped list for its one plugin. Both sides get the same features, that is all keys but the types;
    /// each network has a bridge and a subnet of its own, and all keep their leases on the same file system.
    /// </summary>
    private JsonObject Configuration(string name, string type, string ipam, bool masquerade, int prefixLength)
    {
        var number = ++_networks;
        var list = JsonNode.Parse(File.ReadAllText(Options.Conflist))!;
        var plugin = list["plugins"]![0]!.DeepClone().AsObject();
        plugin["cniVersion"] = list["cniVersion"]!.DeepClone();
        plugin["name"] = name;
        plugin["type"] = type;
        plugin["bridge"] = $"bench{number}";
        plugin["ipMasq"] = masquerade;
        plugin["ipam"]!["type"] = ipam;
        plugin["ipam"]!["dataDir"] = Path.Combine(Options.ScratchDirectory, "leases", ipam);
        plugin["ipam"]!["ranges"] = new JsonArray(new JsonArray(new JsonObject { ["subnet"] = $"10.{100 + number}.0.0/{prefixLength}" }));
        return plugin;
    }
}
