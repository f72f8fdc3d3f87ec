namespace Flatnet.Plugin.Tests.BadInput;

/// <summary>A host on which one container, c1, is attached and a second, c2, is about to be.</summary>
public sealed class BadInputHost : IDisposable
{
    /// <summary>The address that c1 has.</summary>
    internal const string TakenAddress = "10.87.1.2";

    /// <summary>An interface that c2 has already.</summary>
    internal const string TakenInterface = "uplink";

    private HostSnapshot? _before;

    public BadInputHost()
    {
        Host = Prepare();
    }

    internal Host Host { get; private set; }

    internal HostSnapshot Before => _before ??= HostSnapshot.OfSettled(Host);

    public void Dispose()
    {
        Host.Dispose();
    }

    /// <summary>Begins again, so that one fault that did change something does not spoil the tests after it.</summary>
    internal void Renew()
    {
        Host.Dispose();
        Host = Prepare();
        _before = null;
    }

    internal RawCall GoodCall()
    {
        _ = Before;
        return new RawCall("ADD", Configurations.IPv4(), Host.Containers[1]);
    }

    private static Host Prepare()
    {
        Host host = new();
        Node first = host.AddContainer("c1");
        Node second = host.AddContainer("c2");
        host.Sandbox.Run("ip", "link", "add", "plain0", "type", "veth", "peer", "name", TakenInterface, "netns", second.Name);
        host.Sandbox.Write("/tmp/a-file", "not a namespace\n");
        host.Sandbox.Run("mkfifo", "/tmp/a-fifo");
        host.Add(Configurations.IPv4(), first);
        return host;
    }
}
