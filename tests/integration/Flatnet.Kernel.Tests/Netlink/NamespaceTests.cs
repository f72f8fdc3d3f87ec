using Flatnet.Netlink;

namespace Flatnet.Kernel.Tests.Netlink;

public sealed class NamespaceTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void EnteringComesBack()
    {
        using NetworkNamespace before = NetworkNamespace.Current();
        bool wasInside = _sandbox.Namespace.Enter(() =>
        {
            using NetworkNamespace inside = NetworkNamespace.Current();
            return inside.IsSameAs(_sandbox.Namespace);
        });
        Assert.True(wasInside);
        using NetworkNamespace after = NetworkNamespace.Current();
        Assert.True(after.IsSameAs(before));
        Assert.False(after.IsSameAs(_sandbox.Namespace));
    }

    [Fact]
    public void FailureInsideComesBackToo()
    {
        using NetworkNamespace before = NetworkNamespace.Current();
        Assert.Throws<InvalidOperationException>(() => _sandbox.Namespace.Enter<int>(() => throw new InvalidOperationException("inside")));
        using NetworkNamespace after = NetworkNamespace.Current();
        Assert.True(after.IsSameAs(before));
    }

    [Fact]
    public void SocketStaysWhereItWasOpened()
    {
        using var other = new Sandbox();
        other.Run("ip", "link", "add", "only-there", "type", "bridge");
        using RouteSocket inside = other.Namespace.Enter(RouteSocket.Open);
        using RouteSocket outside = _sandbox.Namespace.Enter(RouteSocket.Open);
        Assert.NotNull(inside.FindLink("only-there"));
        Assert.Null(outside.FindLink("only-there"));
        Assert.NotNull(_sandbox.Namespace.Enter(() => inside.FindLink("only-there")));
    }

    [Fact]
    public void NamespaceOfAnotherKindIsNotEntered()
    {
        using NetworkNamespace wrong = NetworkNamespace.Open("/proc/self/ns/uts");
        using NetworkNamespace before = NetworkNamespace.Current();
        NamespaceException error = Assert.Throws<NamespaceException>(() => wrong.Enter(() => 1));
        Assert.Equal(NamespaceFailure.NotANamespace, error.Reason);
        using NetworkNamespace after = NetworkNamespace.Current();
        Assert.True(after.IsSameAs(before));
    }

    [Fact]
    public void SettingsAreThoseOfTheNamespace()
    {
        // Written first, because a new namespace takes over whatever the machine has.
        using var other = new Sandbox();
        Assert.True(other.Namespace.Enter(() => Sysctl.TryWrite("net/ipv4/ip_forward", "0")));
        _sandbox.Run("ip", "link", "add", "br0.5", "type", "bridge");
        bool done = _sandbox.Namespace.Enter(() =>
        {
            Sysctl.Write("net/ipv4/ip_forward", "1");
            Sysctl.Write("net/ipv6/conf/br0.5/accept_dad", "0");
            return Sysctl.TryWrite("net/ipv4/conf/br0.5/arp_notify", "1");
        });
        Assert.True(done);
        Assert.Equal("1", _sandbox.Run("cat", "/proc/sys/net/ipv4/ip_forward").Trim());
        Assert.Equal("0", _sandbox.Run("cat", "/proc/sys/net/ipv6/conf/br0.5/accept_dad").Trim());
        Assert.Equal("1", _sandbox.Namespace.Enter(() => Sysctl.Read("net/ipv4/conf/br0.5/arp_notify")));
        Assert.Equal("0", other.Namespace.Enter(() => Sysctl.Read("net/ipv4/ip_forward")));
        SysctlException error = Assert.Throws<SysctlException>(() => _sandbox.Namespace.Enter(() =>
        {
            Sysctl.Write("net/ipv4/ip_forward", "maybe");
            return 0;
        }));
        Assert.Equal(KernelError.EINVAL, error.Errno);
    }

    [Fact]
    public void OpenNamespaceOutlivesItsPath()
    {
        NetworkNamespace held;
        using (var other = new Sandbox())
        {
            held = NetworkNamespace.Open(other.Path);
        }

        using (held)
        {
            using RouteSocket socket = held.Enter(RouteSocket.Open);
            Assert.Equal(["lo"], socket.ListLinks().ConvertAll(link => link.Name));
        }
    }
}
