using System.Net;
using Flatnet.Cni.Attachments;
using Flatnet.Cni.Protocol;
using Flatnet.Ipam;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Cni.Tests.Attachments;

public sealed class AttachmentIdentityTests
{
    private static AttachmentRequest Request(string containerId, string? name = null) =>
        new() { Network = "flatnet", ContainerId = containerId, InterfaceName = "eth0", NamespacePath = "/run/netns/x", ContainerName = name };

    [Fact]
    public void Host_interface_is_always_a_valid_name() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll<NonNull<string>, NonNull<string>>(
        (network, id) => InterfaceName.Problem(new AttachmentIdentity(network.Get, id.Get, "eth0").HostInterface) is null));

    [Fact]
    public void Ten_thousand_attachments_have_ten_thousand_names()
    {
        var names = new HashSet<string>();
        for (int i = 0; i < 10_000; i++)
        {
            names.Add(new AttachmentIdentity("flatnet", $"container{i}", "eth0").HostInterface);
        }

        Assert.Equal(10_000, names.Count);
    }

    [Fact]
    public void Names_depend_on_every_part_and_on_where_it_ends()
    {
        string[] names =
        [
            new AttachmentIdentity("a", "b", "eth0").HostInterface, new AttachmentIdentity("a", "b", "eth1").HostInterface,
            new AttachmentIdentity("ab", "", "eth0").HostInterface, new AttachmentIdentity("", "ab", "eth0").HostInterface,
        ];

        Assert.Equal(4, names.Distinct().Count());
    }

    [Fact]
    public void Names_never_change_between_releases() =>
        Assert.Equal("veth5dbde45901c", new AttachmentIdentity("trynet", "abc", "eth0").HostInterface);

    [Theory]
    [InlineData("10.87.1.5", "0a:f4:0a:57:01:05")]
    [InlineData("fd87::1:2", "0a:f6:00:01:00:02")]
    public void Macs_follow_from_addresses(string address, string mac) => Assert.Equal(mac, DerivedMac.FromAddress(IPAddress.Parse(address)).ToString());

    [Fact]
    public void Alias_can_be_read_back_as_a_lease()
    {
        string alias = LinkAlias.ForAttachment(Request("c1", "web"), [IPAddress.Parse("10.87.1.5"), IPAddress.Parse("fd87::5")]);

        Lease lease = LinkAlias.ToLease(alias, "flatnet", "veth1", "boot")!;

        Assert.Equal(("c1", "eth0", "web", "veth1", "boot"), (lease.ContainerId, lease.InterfaceName, lease.ContainerName, lease.HostInterface, lease.BootId));
        Assert.Equal(["10.87.1.5", "fd87::5"], lease.Addresses.Select(static address => address.ToString()));
        Assert.Null(LinkAlias.ToLease(alias, "other", "veth1", "boot"));
    }

    [Theory]
    [InlineData(64, 10, true)]
    [InlineData(64, 200, false)]
    [InlineData(230, 10, false)]
    public void Alias_keeps_the_kernels_limit(int idLength, int nameLength, bool namePresent)
    {
        string alias = LinkAlias.ForAttachment(Request(new string('c', idLength), new string('n', nameLength)), [IPAddress.Parse("10.87.1.5")]);

        Assert.InRange(alias.Length, 1, 255);
        Assert.Equal(namePresent, alias.Contains("nn", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("flatnet flatnet", true)]
    [InlineData("flatnet", false)]
    [InlineData("uplink", false)]
    [InlineData(null, false)]
    public void Only_marked_bridges_are_ours(string? alias, bool ours) => Assert.Equal(ours, LinkAlias.IsOwnBridge(alias));
}
