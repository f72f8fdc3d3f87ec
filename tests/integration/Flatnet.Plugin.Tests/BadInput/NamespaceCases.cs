namespace Flatnet.Plugin.Tests.BadInput;

/// <summary>A namespace that is the host's own, does not exist, or is none.</summary>
internal static class NamespaceCases
{
    private const int InvalidNamespace = 8;
    private const int Unavailable = 101;

    public static IEnumerable<BadCase> All =>
    [
        Path("/proc/self/ns/net", InvalidNamespace), Path("/proc/1/ns/net", InvalidNamespace), Path("/proc/thread-self/ns/net", InvalidNamespace),
        Path("/run/netns/nonesuch", Unavailable), Path("/tmp/a-file", Unavailable), Path("/tmp", Unavailable), Path("/tmp/a-file/below", Unavailable),
        Path("nonesuch", Unavailable), Path("/dev/null", Unavailable), Path("/proc/self/ns/mnt", Unavailable), Path("/proc/self/status", Unavailable), Path("/tmp/a-fifo", Unavailable),
        new("own namespace, override not a truth", InvalidNamespace, ["/proc/self/ns/net"],
            call => call.With("CNI_NETNS", "/proc/self/ns/net").With("CNI_NETNS_OVERRIDE", "yes")),
    ];

    private static BadCase Path(string path, int code)
    {
        return new($"namespace {path}", code, [path], call => call.With("CNI_NETNS", path));
    }
}
