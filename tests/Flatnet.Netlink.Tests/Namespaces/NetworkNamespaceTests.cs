namespace Flatnet.Netlink.Tests.Namespaces;

public sealed class NetworkNamespaceTests
{
    [Fact]
    public void OwnNamespaceIsItselfByAnyPath()
    {
        using NetworkNamespace current = NetworkNamespace.Current();
        using NetworkNamespace same = NetworkNamespace.Open("/proc/self/ns/net");
        Assert.True(current.IsSameAs(same));
        using NetworkNamespace other = NetworkNamespace.Open("/proc/self/ns/uts");
        Assert.False(current.IsSameAs(other));
    }

    [Theory]
    [InlineData("/nonexistent/netns", NamespaceFailure.NotFound)]
    [InlineData("/proc/self/status/ns", NamespaceFailure.NotFound)]
    [InlineData("", NamespaceFailure.NotFound)]
    [InlineData("/tmp\0", NamespaceFailure.NotFound)]
    [InlineData("/tmp", NamespaceFailure.NotANamespace)]
    [InlineData("/dev/null", NamespaceFailure.NotANamespace)]
    public void OtherPathsAreRefused(string path, NamespaceFailure reason)
    {
        NamespaceException error = Assert.Throws<NamespaceException>(() => NetworkNamespace.Open(path));
        Assert.Equal((reason, true), (error.Reason, error.Message.StartsWith("network namespace ", StringComparison.Ordinal)));
    }

    [Fact]
    public void FifoDoesNotBlock()
    {
        string path = Path.Combine(Path.GetTempPath(), "flatnet-" + Guid.NewGuid().ToString("N"));
        using (var maker = System.Diagnostics.Process.Start("mkfifo", path))
        {
            maker.WaitForExit();
        }

        try
        {
            Assert.Equal(NamespaceFailure.NotANamespace, Assert.Throws<NamespaceException>(() => NetworkNamespace.Open(path)).Reason);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
