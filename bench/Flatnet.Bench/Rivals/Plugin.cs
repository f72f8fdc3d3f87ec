using System.Text.Json.Nodes;
using Flatnet.Bench.Measuring;

namespace Flatnet.Bench.Rivals;

/// <summary>A CNI plugin with the configuration of one network, called as Podman calls it.</summary>
internal sealed class Plugin : IRival
{
    private readonly string _program;
    private readonly string _searchPath;
    private readonly string _directory;
    private readonly string _configuration;

    /// <param name="program">The plugin's file.</param>
    /// <param name="searchPath"><c>CNI_PATH</c>.</param>
    /// <param name="scratch">Its inputs and outputs go into a directory there, named after the network.</param>
    /// <param name="configuration">The plugin's configuration, as a runtime would hand it over.</param>
    public Plugin(string program, string searchPath, string scratch, JsonObject configuration)
    {
        Name = configuration["name"]!.GetValue<string>();
        _program = program;
        _searchPath = searchPath;
        _directory = Directory.CreateDirectory(Path.Combine(scratch, Name)).FullName;
        _configuration = Path.Combine(_directory, "configuration.json");
        File.WriteAllText(_configuration, configuration.ToJsonString());
    }

    private Plugin(Plugin other, string program)
    {
        Name = other.Name;
        _program = program;
        _searchPath = other._searchPath;
        _directory = other._directory;
        _configuration = other._configuration;
    }

    /// <summary>The same network, through another program.</summary>
    public Plugin Through(string program) => new(this, program);

    public string Name { get; }

    public Step Version() => Call("VERSION", [], "/dev/null", "version");

    public Step Add(Container container) => Call("ADD", For(container), _configuration, container.Id);

    public Step Delete(Container container) => Call("DEL", For(container), _configuration, container.Id + ".del");

    /// <summary>CHECK wants the result of the ADD, which must have run by now.</summary>
    public Step Check(Container container)
    {
        var input = Path.Combine(_directory, container.Id + ".check.json");
        var configuration = JsonNode.Parse(File.ReadAllText(_configuration))!.AsObject();
        configuration["prevResult"] = JsonNode.Parse(File.ReadAllText(Path.Combine(_directory, container.Id)));
        File.WriteAllText(input, configuration.ToJsonString());
        return Call("CHECK", For(container), input, container.Id + ".check");
    }

    private Step Call(string command, string[] environment, string input, string output) => new()
    {
        Program = _program,
        Environment = [$"CNI_COMMAND={command}", .. environment, $"CNI_PATH={_searchPath}", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"],
        Input = input,
        Output = Path.Combine(_directory, output),
    };

    private static string[] For(Container container) =>
    [
        $"CNI_CONTAINERID={container.Id}",
        $"CNI_NETNS={container.NamespacePath}",
        "CNI_IFNAME=eth0",
        $"CNI_ARGS=IgnoreUnknown=1;K8S_POD_NAME={container.Name}",
    ];
}
