using System.Globalization;
using Flatnet.Bench.Measuring;

namespace Flatnet.Bench.Rivals;

/// <summary>The static C program that only does the netlink work (<c>bench/floor/floor.c</c>), with a bridge of its own.</summary>
internal sealed class Floor : IRival
{
    private const string Bridge = "floor0";
    private readonly string _program;
    private readonly string _output;
    private readonly Dictionary<string, int> _numbers = [];

    public Floor(string program, string scratch)
    {
        _program = program;
        _output = Path.Combine(Directory.CreateDirectory(Path.Combine(scratch, "floor")).FullName, "output");
        Tool.Run("ip", "link", "add", Bridge, "type", "bridge");
        Tool.Run("ip", "address", "add", "10.100.0.1/24", "dev", Bridge);
        Tool.Run("ip", "link", "set", Bridge, "up");
    }

    public string Name => "static C";

    public Step Add(Container container)
    {
        // It leases nothing, so it is told an address: the next one, over and over.
        var number = _numbers[container.Id] = 2 + (_numbers.Count % 250);
        return Call(
            "add", Bridge, HostInterface(container), "floor " + container.Id, container.NamespacePath, "eth0",
            string.Create(CultureInfo.InvariantCulture, $"02:00:0a:64:00:{number:x2}"),
            string.Create(CultureInfo.InvariantCulture, $"10.100.0.{number}/24"), "10.100.0.1");
    }

    public Step Delete(Container container) => Call("del", HostInterface(container));

    private static string HostInterface(Container container) => "veth" + container.Id[..8];

    private Step Call(params string[] arguments) => new() { Program = _program, Arguments = arguments, Output = _output };
}
