namespace Flatnet.Ipam.Tests;

/// <summary>A host whose boots and namespaces a test decides.</summary>
internal sealed class FakeHost : IHostState
{
    public HashSet<string> Gone { get; } = [];

    public List<Lease> Live { get; } = [];

    public int NamespaceQuestions { get; private set; }

    public string BootId { get; set; } = "boot-1";

    public DateTimeOffset BootTime { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public bool NamespaceExists(string path)
    {
        NamespaceQuestions++;
        return !Gone.Contains(path);
    }

    public IReadOnlyList<Lease> LiveLeases(string network) => Live;
}
