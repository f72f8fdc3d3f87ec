using System.Collections.Immutable;
using System.Net;
using Flatnet.Cli.Addresses;
using Flatnet.Cli.Networks;
using Flatnet.Cli.Tests.Ps;
using Flatnet.Podman;

namespace Flatnet.Cli.Tests.Addresses;

public sealed class AddressMergeTests
{
    private static AddressClaim Lease(string id, params string[] addresses) => new(AddressSource.Ipam, id, Parse(addresses));

    private static AddressClaim Record(string id, params string[] addresses) => new(AddressSource.HostLocal, id, Parse(addresses));

    private static AddressClaim Entry(string id, string address, string name = "", string host = "") =>
        new(AddressSource.Registry, id, Parse(address)) { Name = name, HostId = host };

    private static ImmutableArray<IPAddress> Parse(params string[] addresses) => [.. addresses.Select(IPAddress.Parse)];

    private static AddressBook Merge(ImmutableArray<Container> containers, params AddressClaim[] claims) => AddressMerge.Merge(
        containers,
        new AddressFacts(
            new AddressFiles(Reading(AddressSource.Ipam, claims), Reading(AddressSource.HostLocal, claims), FlatnetSubnets.Of(new InstalledNetworks("", [], []))),
            Reading(AddressSource.Registry, claims)),
        "flatnet",
        isComplete: true,
        showsRemote: false);

    private static SourceReading Reading(AddressSource source, AddressClaim[] claims) =>
        new(SourceState.Ok, [.. claims.Where(claim => claim.Source == source)], []);

    private static string Show(ContainerAddress address) => string.Join(
        ' ',
        [address.Source?.Name() ?? "none", .. address.Addresses.Select(a => a.ToString()), .. address.Conflicts.Select(c => $"!{c.Source.Name()}:{c.Address}")]);

    private static string Of(AddressBook book, string id) => Show(book.ByContainer[Sample.Id(id)]);

    [Fact]
    public void Podman_is_believed_before_leases_before_host_local_before_the_registry()
    {
        ImmutableArray<Container> with = [Sample.Running("a1", "web", "10.87.1.1")];
        ImmutableArray<Container> without = [Sample.Running("a1", "web")];
        AddressClaim lease = Lease(Sample.Id("a1"), "10.87.1.2");
        AddressClaim record = Record(Sample.Id("a1"), "10.87.1.3");
        AddressClaim entry = Entry(Sample.Id("a1"), "10.87.1.4");

        Assert.Equal("podman 10.87.1.1 !ipam:10.87.1.2 !host-local:10.87.1.3 !registry:10.87.1.4", Of(Merge(with, entry, record, lease), "a1"));
        Assert.Equal("ipam 10.87.1.2 !host-local:10.87.1.3 !registry:10.87.1.4", Of(Merge(without, entry, record, lease), "a1"));
        Assert.Equal("host-local 10.87.1.3 !registry:10.87.1.4", Of(Merge(without, entry, record), "a1"));
        Assert.Equal("registry 10.87.1.4", Of(Merge(without, entry), "a1"));
        Assert.Equal("none", Of(Merge(without), "a1"));
    }

    [Fact]
    public void Sources_that_agree_are_no_conflict()
    {
        AddressBook book = Merge(
            [Sample.Running("a1", "web", "10.87.1.1", "fd78::1")],
            Lease(Sample.Id("a1"), "10.87.1.1", "fd78::1"),
            Record(Sample.Id("a1"), "10.87.1.1"),
            Entry(Sample.Id("a1"), "10.87.1.1"));

        Assert.Equal("podman 10.87.1.1 fd78::1", Of(book, "a1"));
        Assert.Empty(book.Warnings);
    }

    [Fact]
    public void A_second_family_is_no_conflict()
    {
        AddressBook book = Merge([Sample.Running("a1", "web", "10.87.1.1")], Lease(Sample.Id("a1"), "10.87.1.1", "fd78::1"));

        Assert.Equal("podman 10.87.1.1", Of(book, "a1"));
        Assert.Empty(book.Warnings);
    }

    [Fact]
    public void A_conflict_is_told()
    {
        AddressBook book = Merge([Sample.Running("a1", "web", "10.87.1.1")], Lease(Sample.Id("a1"), "10.87.1.2"), Entry(Sample.Id("a1"), "10.87.1.3"));

        Assert.Equal("sources disagree about the address of web: podman 10.87.1.1, ipam 10.87.1.2, registry 10.87.1.3", Assert.Single(book.Warnings));
    }

    [Fact]
    public void IPv4_is_shown_first() => Assert.Equal("ipam 10.87.1.1 fd78::1", Of(Merge([Sample.Running("a1", "web")], Lease(Sample.Id("a1"), "fd78::1", "10.87.1.1")), "a1"));

    [Fact]
    public void Several_interfaces_are_one_container()
    {
        AddressBook book = Merge([Sample.Running("a1", "web")], Lease(Sample.Id("a1"), "10.87.1.1"), Lease(Sample.Id("a1"), "10.87.1.2"));

        Assert.Equal("ipam 10.87.1.1 10.87.1.2", Of(book, "a1"));
    }

    [Fact]
    public void Twelve_digits_of_one_id_are_enough()
    {
        AddressBook book = Merge([Sample.Running("0123456789ab1", "web"), Sample.Running("0123456789ac", "db")], Entry("0123456789ab", "10.87.1.1"));

        Assert.Equal("registry 10.87.1.1", Of(book, "0123456789ab1"));
        Assert.Equal("none", Of(book, "0123456789ac"));
    }

    [Theory]
    [InlineData("0123456789a")]
    [InlineData("0123456789ab")]
    [InlineData("")]
    public void Fewer_digits_or_those_of_two_are_not(string id)
    {
        AddressBook book = Merge([Sample.Running("0123456789ab1", "web"), Sample.Running("0123456789ab2", "db")], Entry(id, "10.87.1.1", "x"));

        Assert.Equal("none", Of(book, "0123456789ab1"));
        Assert.Equal("none", Of(book, "0123456789ab2"));
    }

    [Fact]
    public void A_name_like_another_ones_id_confuses_nobody()
    {
        AddressBook book = Merge([Sample.Running("a1", Sample.Id("b2")), Sample.Running("b2", "web")], Lease(Sample.Id("b2"), "10.87.1.2"));

        Assert.Equal("none", Of(book, "a1"));
        Assert.Equal("ipam 10.87.1.2", Of(book, "b2"));
    }

    [Fact]
    public void A_container_of_the_same_name_elsewhere_confuses_nobody()
    {
        AddressBook book = Merge(
            [Sample.Running("a1", "web"), Sample.Running("b2", "db")],
            Entry(Sample.Id("b2"), "10.100.1.2", "db", "1"),
            Entry(Sample.Id("c3"), "10.100.2.3", "web", "2"));

        Assert.Equal("none", Of(book, "a1"));
        Assert.Equal(Sample.Id("c3"), Assert.Single(book.Remote).ContainerId);
        Assert.Empty(book.Warnings);
    }

    [Fact]
    public void A_name_counts_when_the_host_is_ours_and_the_name_unique()
    {
        AddressBook book = Merge(
            [Sample.Running("a1", "web"), Sample.Running("b2", "db")],
            Entry(Sample.Id("b2"), "10.100.1.2", "db", "1"),
            Entry("web", "10.100.1.3", "web", "1"));

        Assert.Equal("registry 10.100.1.3", Of(book, "a1"));
        Assert.Equal("1", book.ByContainer[Sample.Id("a1")].HostId);
        Assert.Empty(book.Warnings);
    }

    [Fact]
    public void A_name_does_not_count_when_the_host_is_unknown()
    {
        AddressBook book = Merge([Sample.Running("a1", "web")], Entry("web", "10.100.1.3", "web", "1"));

        Assert.Equal("none", Of(book, "a1"));
        Assert.Equal("stale allocation 10.100.1.3 → web (registry)", Assert.Single(book.Warnings));
    }

    [Fact]
    public void A_name_does_not_count_when_two_entries_have_it()
    {
        AddressBook book = Merge(
            [Sample.Running("a1", "web"), Sample.Running("b2", "db")],
            Entry(Sample.Id("b2"), "10.100.1.2", "db", "1"),
            Entry("old1", "10.100.1.3", "web", "1"),
            Entry("old2", "10.100.1.4", "web", "1"));

        Assert.Equal("none", Of(book, "a1"));
        Assert.Equal(2, book.Warnings.Length);
    }

    [Fact]
    public void A_name_does_not_count_for_a_container_that_is_known_by_its_id()
    {
        AddressBook book = Merge(
            [Sample.Running("a1", "web")],
            Entry(Sample.Id("a1"), "10.100.1.2", "web", "1"),
            Entry(Sample.Id("0ld"), "10.100.1.3", "web", "1"));

        Assert.Equal("registry 10.100.1.2", Of(book, "a1"));
    }

    [Fact]
    public void An_entry_does_not_mean_that_its_container_runs()
    {
        AddressBook book = Merge([Sample.Exited("a1", "web")], Entry(Sample.Id("a1"), "10.87.1.1"));

        Assert.Equal("none", Of(book, "a1"));
        Assert.Empty(book.Warnings);
    }

    [Fact]
    public void A_missing_entry_does_not_mean_that_there_is_no_address()
    {
        AddressBook book = Merge([Sample.Running("a1", "web", "10.87.1.1")], Entry("ffffffffffff", "10.87.1.9"));

        Assert.Equal("podman 10.87.1.1", Of(book, "a1"));
    }

    [Fact]
    public void What_podman_says_of_a_container_that_does_not_run_does_not_count()
    {
        Container exited = Sample.Exited("a1", "web") with { Networks = [Sample.Network("flatnet", "10.87.1.1")] };

        Assert.Equal("ipam 10.87.1.2", Of(Merge([exited], Lease(Sample.Id("a1"), "10.87.1.2")), "a1"));
    }

    [Fact]
    public void A_paused_container_keeps_its_address()
    {
        Container paused = Sample.Running("a1", "web", "10.87.1.1") with { State = "paused" };

        Assert.Equal("podman 10.87.1.1", Of(Merge([paused]), "a1"));
    }

    [Fact]
    public void The_same_stale_allocation_is_told_once()
    {
        AddressBook book = Merge(
            [Sample.Running("a1", "web")],
            Lease(Sample.Id("a1"), "10.87.1.1"),
            Lease("deaddeaddeadbeef", "10.87.1.9"),
            Record("deaddeaddeadbeef", "10.87.1.9"),
            Entry("deaddeaddead", "10.87.1.9"));

        Assert.Equal("stale allocation 10.87.1.9 → deaddeaddead (ipam)", Assert.Single(book.Warnings));
    }

    [Fact]
    public void Each_address_of_containers_that_podman_cannot_see_is_counted_once()
    {
        AddressBook book = Merge(
            [Sample.Running("a1", "web")],
            Lease("dead00000001", "10.87.1.8", "fd78::8"),
            Lease("dead00000002", "10.87.1.9"),
            Record("dead00000002", "10.87.1.9"));

        Assert.Equal("3 Flatnet addresses belong to containers this Podman instance cannot see (rootless?)", Assert.Single(book.Warnings));
    }
}
