using System.Text.Json.Nodes;
using Flatnet.EndToEnd.Tests.Harness;

namespace Flatnet.EndToEnd.Tests.Packets;

/// <summary>A host with the flat network, an uplink to another computer, and containers that are plain namespaces.</summary>
internal sealed class FlatHost : IDisposable
{
    private readonly List<WebServer> _servers = [];
    private readonly ConflistRunner _runner;

    public FlatHost(JsonObject? conflist = null)
    {
        Sandbox = new Sandbox();
        Uplink = new Uplink(Sandbox);
        _runner = new ConflistRunner(Sandbox, conflist ?? Networks.Flatnet());
    }

    public Sandbox Sandbox { get; }

    public Uplink Uplink { get; }

    /// <summary>Attaches a new namespace with a web server to the flat network.</summary>
    public Container AddContainer(string name)
    {
        Node node = Sandbox.AddNode(name);
        JsonObject result = _runner.Add(node);
        _servers.Add(new WebServer(Sandbox, node));
        return new Container(node, [.. result["ips"]!.AsArray().Select(ip => ((string)ip!["address"]!).Split('/')[0])]);
    }

    public void Remove(Container container)
    {
        _runner.Delete(container.Node);
    }

    public void Check(Container container)
    {
        _runner.Check(container.Node);
    }

    public void Dispose()
    {
        _servers.ForEach(server => server.Dispose());
        Uplink.Dispose();
        Sandbox.Dispose();
    }
}
