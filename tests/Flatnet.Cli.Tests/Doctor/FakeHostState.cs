using Flatnet.Ipam;

namespace Flatnet.Cli.Tests.Doctor;

/// <summary>A host on which the namespaces live that a test names.</summary>
internal sealed class FakeHostState : IHostState
{
    public HashSet<string> Namespaces { get; } = [];

    public string BootId => "this-boot";

    public DateTimeOffset BootTime => DateTimeOffset.UnixEpoch;

    public bool NamespaceExists(string path) => Namespaces.Contains(path);

    public IReadOnlyList<Lease> LiveLeases(string network) => [];
}
