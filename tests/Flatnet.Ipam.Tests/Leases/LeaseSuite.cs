using System.Net;

namespace Flatnet.Ipam.Tests;

public sealed class MemoryLeaseTests : LeaseSuite
{
    internal override StoreFixture Create() => StoreFixture.InMemory();
}

public sealed class DiskLeaseTests : LeaseSuite
{
    internal override StoreFixture Create() => StoreFixture.OnDisk();
}

/// <summary>What leases promise, whatever keeps them.</summary>
public abstract class LeaseSuite : IDisposable
{
    private readonly StoreFixture _fixture;

    protected LeaseSuite() => _fixture = Create();

    internal abstract StoreFixture Create();

    public void Dispose() => _fixture.Dispose();

    private static IpamFailure FailureOf(Action action) => Assert.Throws<IpamException>(action).Failure;

    private void Use(string subnet) => _fixture.Configuration = Configurations.Subnet(subnet);

    private string Add(string container, string? name = null, params string[] requested) =>
        _fixture.Add(container, name, requested).ToString();

    [Fact]
    public void A_result_has_address_prefix_gateway_routes_and_mac()
    {
        _fixture.Configuration = Configurations.Ipam(
            """
            "ranges":[[{"subnet":"10.87.1.0/24"}],[{"subnet":"fd78::/64"}]],"routes":[{"dst":"0.0.0.0/0"}]
            """);
        IpamResult result = _fixture.AddAll("c1", "web");
        Assert.Equal(
            [new(IPAddress.Parse("10.87.1.2"), 24, IPAddress.Parse("10.87.1.1")), new(IPAddress.Parse("fd78::2"), 64, IPAddress.Parse("fd78::1"))],
            result.Addresses.ToArray());
        Assert.Equal("0.0.0.0/0", Assert.Single(result.Routes).Destination.ToString());
        Assert.Equal("0a:58:0a:57:01:02", result.Mac);
        Assert.True(result.Dns.IsEmpty);
    }

    [Fact]
    public void A_lease_is_found_with_everything_recorded()
    {
        Add("c1", "we\"b\\ é\n😀");
        Lease lease = _fixture.Leases().Find(new Attachment("c1", "eth0"))!;
        Assert.Equal("we\"b\\ é\n😀", lease.ContainerName);
        Assert.Equal(("c1", "eth0", "/run/netns/c1", "vethc1", "boot-1"), (lease.ContainerId, lease.InterfaceName, lease.NamespacePath, lease.HostInterface, lease.BootId));
        Assert.Equal(("10.87.1.2", "0a:58:0a:57:01:02"), (Assert.Single(lease.Addresses).ToString(), lease.Mac));
        Assert.Equal(new DateTimeOffset(2026, 2, 1, 0, 0, 1, TimeSpan.Zero), lease.Since);
        Assert.Null(_fixture.Leases().Find(new Attachment("c1", "eth1")));
    }

    [Fact]
    public void The_requested_mac_is_recorded()
    {
        IpamResult result = _fixture.Leases().Acquire(StoreFixture.Request("c1", null) with { Mac = "02:00:00:00:00:09" });
        Assert.Equal("02:00:00:00:00:09", result.Mac);
        Assert.Equal("02:00:00:00:00:09", _fixture.Leases().Leases()[0].Mac);
    }

    [Fact]
    public void Check_finds_the_lease_or_names_what_is_missing()
    {
        Add("c1");
        Assert.Equal("c1", _fixture.Leases().Check(new Attachment("c1", "eth0")).ContainerId);
        IpamException error = Assert.Throws<IpamException>(() => _fixture.Leases().Check(new Attachment("c2", "eth1")));
        Assert.Equal(IpamFailure.NotAllocated, error.Failure);
        Assert.Equal("network \"flatnet\" has no address for interface eth1 of container c2", error.Message);
    }

    [Fact]
    public void Round_robin_returns_to_a_released_address_last()
    {
        Use("10.87.1.0/29");
        Assert.Equal(["10.87.1.2", "10.87.1.3"], [Add("c1"), Add("c2")]);
        _fixture.Delete("c1");
        Assert.Equal(["10.87.1.4", "10.87.1.5", "10.87.1.6", "10.87.1.2"], [Add("c3"), Add("c4"), Add("c5"), Add("c6")]);
    }

    [Fact]
    public void An_address_that_was_requested_and_released_is_not_handed_out_at_once()
    {
        Add("c1", null, "10.87.1.2");
        _fixture.Delete("c1");
        Assert.Equal("10.87.1.3", Add("c2"));
    }

    [Fact]
    public void A_just_released_address_is_better_than_none()
    {
        Use("10.87.1.0/30");
        Assert.Equal("10.87.1.2", Add("c1"));
        _fixture.Delete("c1");
        Assert.Equal("10.87.1.2", Add("c2"));
    }

    [Fact]
    public void Gateway_network_and_broadcast_are_never_handed_out_even_when_the_range_names_them()
    {
        _fixture.Configuration = Configurations.Ipam(
            """
            "ranges":[[{"subnet":"10.87.1.0/29","rangeStart":"10.87.1.0","rangeEnd":"10.87.1.7","gateway":"10.87.1.4"}]]
            """);
        Assert.Equal(
            ["10.87.1.1", "10.87.1.2", "10.87.1.3", "10.87.1.5", "10.87.1.6"],
            Enumerable.Range(0, 5).Select(i => Add("c" + i)));
        Assert.Equal(IpamFailure.Exhausted, FailureOf(() => Add("c9")));
    }

    [Fact]
    public void An_exhausted_set_says_so_in_host_locals_words_and_what_to_do()
    {
        Use("10.87.1.0/29");
        for (int i = 0; i < 5; i++)
        {
            Add("c" + i);
        }

        IpamException error = Assert.Throws<IpamException>(() => Add("c9"));
        Assert.Equal("failed to allocate for range 0: no IP addresses available in range set: 10.87.1.1-10.87.1.6", error.Message);
        Assert.StartsWith("network \"flatnet\": 5 of 5 addresses are in use", error.Details, StringComparison.Ordinal);
        Assert.Contains("flatnet ipam ls --network flatnet", error.Details, StringComparison.Ordinal);
        Assert.Contains(_fixture.Store.Location, error.Details, StringComparison.Ordinal);
    }

    [Fact]
    public void Dead_leases_never_exhaust_a_set_and_live_ones_do()
    {
        for (int i = 0; i < 253; i++)
        {
            Add("c" + i);
        }

        Assert.Equal(IpamFailure.Exhausted, FailureOf(() => Add("one-too-many")));
        for (int i = 0; i < 253; i++)
        {
            _fixture.Kill("c" + i);
        }

        Add("new");
        Assert.Equal("new", Assert.Single(_fixture.Leases().Leases()).ContainerId);
        Assert.Contains("253 leases of containers that are gone were removed", _fixture.Warnings);
    }

    [Fact]
    public void Namespaces_are_asked_about_only_when_a_lease_is_in_the_way()
    {
        for (int i = 0; i < 50; i++)
        {
            Add("c" + i, "name" + i);
        }

        _fixture.Delete("c7");
        Assert.Equal(0, _fixture.Host.NamespaceQuestions);
        Assert.Equal(IpamFailure.AddressUnavailable, FailureOf(() => Add("x", null, "10.87.1.3")));
        Assert.Equal(1, _fixture.Host.NamespaceQuestions);
    }

    [Fact]
    public void A_reboot_frees_every_lease_and_every_name_gets_its_address_again()
    {
        string[] before = [.. Enumerable.Range(0, 50).Select(i => Add("c" + i, "name" + i))];
        _fixture.Host.BootId = "boot-2";
        Assert.Equal((0, 50), (_fixture.Leases().Status().Sets[0].Used, _fixture.Leases().Status().Stale));
        string[] after = [.. Enumerable.Range(0, 50).Reverse().Select(i => Add("d" + i, "name" + i)).Reverse()];
        Assert.Equal(before, after);
        Assert.Equal(50, _fixture.Leases().Leases().Count);
        Assert.All(_fixture.Leases().Leases(), lease => Assert.Equal("boot-2", lease.BootId));
    }

    [Fact]
    public void A_container_of_the_boot_before_can_still_be_released()
    {
        Add("c1", "web");
        _fixture.Host.BootId = "boot-2";
        Assert.Equal("boot-1", _fixture.Delete("c1")!.BootId);
        Assert.Empty(_fixture.Leases().Leases());
        Assert.Equal("10.87.1.2", Add("c2", "web"));
    }

    [Fact]
    public void The_same_name_gets_the_same_address_after_stop_and_recreate()
    {
        Add("c0", "other");
        string first = Add("c1", "web");
        _fixture.Delete("c1");
        Add("c2", "third");
        Assert.Equal(first, Add("c3", "web"));
    }

    [Fact]
    public void Names_are_told_apart_by_case_and_networks_of_sets_keep_both_families()
    {
        _fixture.Configuration = Configurations.Ipam(
            """
            "ranges":[[{"subnet":"10.87.1.0/24"}],[{"subnet":"fd78::/64"}]]
            """);
        string first = string.Join(',', _fixture.AddAll("c1", "web").Addresses.Select(a => a.Address));
        string other = string.Join(',', _fixture.AddAll("c2", "Web").Addresses.Select(a => a.Address));
        Assert.NotEqual(first, other);
        _fixture.Delete("c1");
        _fixture.AddAll("c3");
        Assert.Equal(first, string.Join(',', _fixture.AddAll("c4", "web").Addresses.Select(a => a.Address)));
    }

    [Fact]
    public void Two_live_containers_of_one_name_get_two_addresses_and_the_reservation_stays_with_the_first()
    {
        string first = Add("c1", "web");
        string second = Add("c2", "web");
        Assert.NotEqual(first, second);
        _fixture.Delete("c2");
        _fixture.Delete("c1");
        Assert.Equal(first, Add("c3", "web"));
    }

    [Fact]
    public void A_name_whose_container_died_gets_its_address_although_the_lease_is_still_there()
    {
        string first = Add("c1", "web");
        _fixture.Kill("c1");
        Assert.Equal(first, Add("c2", "web"));
        Assert.Equal("c2", Assert.Single(_fixture.Leases().Leases()).ContainerId);
    }

    [Fact]
    public void Unreserved_addresses_go_first_then_the_least_recently_used_reservation()
    {
        Use("10.87.1.0/29");
        Add("c1", "one");
        Add("c2", "two");
        Add("c3", "three");
        _fixture.Delete("c2");
        _fixture.Delete("c1");
        _fixture.Delete("c3");
        Assert.Equal(["10.87.1.5", "10.87.1.6"], [Add("c4"), Add("c5")]);
        Assert.Equal("10.87.1.3", Add("c6"));
        Assert.Equal(["one", "three"], _fixture.Leases().Reservations().Select(r => r.Name).Order());
        Assert.Equal("10.87.1.4", Add("c7", "three"));
        Assert.Equal("10.87.1.2", Add("c8", "new"));
        Assert.Equal(IpamFailure.Exhausted, FailureOf(() => Add("c9", "one")));
    }

    [Fact]
    public void A_requested_address_becomes_the_reservation()
    {
        Add("c1", "web");
        _fixture.Delete("c1");
        Assert.Equal("10.87.1.50", Add("c2", "web", "10.87.1.50"));
        _fixture.Delete("c2");
        Assert.Equal("10.87.1.50", Add("c3", "web"));
        Assert.Equal("10.87.1.50", Assert.Single(Assert.Single(_fixture.Leases().Reservations()).Addresses).ToString());
    }

    [Fact]
    public void A_requested_address_is_taken_from_the_sticky_reservation_of_a_stopped_name()
    {
        string first = Add("c1", "web");
        _fixture.Delete("c1");
        Assert.Equal(first, Add("c2", "db", first));
        Assert.Equal("db", Assert.Single(_fixture.Leases().Reservations()).Name);
        Assert.NotEqual(first, Add("c3", "web"));
    }

    [Fact]
    public void A_requested_address_in_use_is_refused_and_its_holder_named()
    {
        Add("c1", "web", "10.87.1.9");
        IpamException error = Assert.Throws<IpamException>(() => Add("c2", null, "10.87.1.9"));
        Assert.Equal(IpamFailure.AddressUnavailable, error.Failure);
        Assert.Equal("failed to allocate for range 0: requested IP address 10.87.1.9 is not available in range set 10.87.1.1-10.87.1.254", error.Message);
        Assert.Equal("container \"web\" (c1) has it on eth0 since 2026-02-01 00:00:01Z", error.Details);
    }

    [Fact]
    public void A_requested_address_of_a_dead_container_is_taken_over()
    {
        Add("c1", "web", "10.87.1.9");
        _fixture.Kill("c1");
        Assert.Equal("10.87.1.9", Add("c2", "db", "10.87.1.9"));
        Assert.Null(_fixture.Leases().Find(new Attachment("c1", "eth0")));
    }

    [Fact]
    public void A_requested_gateway_is_refused_in_host_locals_words()
    {
        IpamException error = Assert.Throws<IpamException>(() => Add("c1", null, "10.87.1.1"));
        Assert.Equal(IpamFailure.GatewayRequested, error.Failure);
        Assert.Equal("failed to allocate for range 0: requested ip 10.87.1.1 is subnet's gateway", error.Message);
    }

    [Theory]
    [InlineData("10.87.1.0", "it is the network address of 10.87.1.0/24")]
    [InlineData("10.87.1.255", "it is the broadcast address of 10.87.1.0/24")]
    public void A_requested_network_or_broadcast_address_is_refused(string address, string why)
    {
        _fixture.Configuration = Configurations.Ipam(
            """
            "ranges":[[{"subnet":"10.87.1.0/24","rangeStart":"10.87.1.0","rangeEnd":"10.87.1.255"}]]
            """);
        IpamException error = Assert.Throws<IpamException>(() => Add("c1", null, address));
        Assert.Equal((IpamFailure.AddressUnavailable, why), (error.Failure, error.Details));
    }

    [Fact]
    public void Requested_addresses_without_a_set_are_refused_and_nothing_is_taken()
    {
        IpamException error = Assert.Throws<IpamException>(() => Add("c1", "web", "10.87.1.7", "10.9.9.9", "10.87.1.8"));
        Assert.Equal(IpamFailure.AddressNotInRange, error.Failure);
        Assert.Equal("failed to allocate all requested IPs: 10.9.9.9 10.87.1.8", error.Message);
        Assert.Empty(_fixture.Leases().Leases());
        Assert.Empty(_fixture.Leases().Reservations());
        Assert.Equal("10.87.1.2", Add("c2"));
    }

    [Fact]
    public void A_second_add_is_refused_and_the_first_lease_stays()
    {
        Add("c1", "web");
        IpamException error = Assert.Throws<IpamException>(() => Add("c1", "web", "10.87.1.77"));
        Assert.Equal(IpamFailure.DuplicateAllocation, error.Failure);
        Assert.Equal("failed to allocate for range 0: 10.87.1.2 has been allocated to c1, duplicate allocation is not allowed", error.Message);
        Assert.Equal("10.87.1.2", Assert.Single(Assert.Single(_fixture.Leases().Leases()).Addresses).ToString());
    }

    [Fact]
    public void A_second_add_after_the_container_died_replaces_the_lease()
    {
        string first = Add("c1", "web");
        _fixture.Kill("c1");
        Assert.Equal(first, _fixture.Leases().Acquire(StoreFixture.Request("c1", "web") with { NamespacePath = "/run/netns/new" }).Addresses[0].Address.ToString());
        Assert.Equal("/run/netns/new", Assert.Single(_fixture.Leases().Leases()).NamespacePath);
    }

    [Fact]
    public void Another_interface_of_a_container_gets_an_address_of_its_own()
    {
        string first = Add("c1", "web");
        LeaseRequest second = StoreFixture.Request("c1", "web") with { InterfaceName = "eth1" };
        Assert.NotEqual(first, _fixture.Leases().Acquire(second).Addresses[0].Address.ToString());
        Assert.Equal(2, _fixture.Leases().Leases().Count);
    }

    [Fact]
    public void A_failure_in_the_second_set_leaves_the_first_untouched()
    {
        Use("10.87.2.0/30");
        Add("holder");
        _fixture.Configuration = Configurations.Ipam(
            """
            "ranges":[[{"subnet":"10.87.1.0/24"}],[{"subnet":"10.87.2.0/30"}]]
            """);
        IpamException error = Assert.Throws<IpamException>(() => Add("c1", "web"));
        Assert.StartsWith("failed to allocate for range 1: no IP addresses available", error.Message, StringComparison.Ordinal);
        Assert.Equal("holder", Assert.Single(_fixture.Leases().Leases()).ContainerId);
        Assert.Empty(_fixture.Leases().Reservations());
        _fixture.Delete("holder");
        Assert.Equal("10.87.1.2", Add("c2"));
    }

    [Fact]
    public void Release_is_idempotent_and_returns_what_was_there()
    {
        Add("c1", "web");
        Assert.Equal("web", _fixture.Delete("c1")!.ContainerName);
        Assert.Null(_fixture.Delete("c1"));
        Assert.Null(_fixture.Delete("never"));
        Assert.Empty(_fixture.Leases().Leases());
    }

    [Fact]
    public void Garbage_collection_frees_what_is_not_listed_and_keeps_reservations()
    {
        Add("c1", "one");
        Add("c2", "two");
        Add("c3", "three");
        IReadOnlyList<Lease> freed = _fixture.Leases().CollectGarbage(new HashSet<Attachment> { new("c2", "eth0"), new("c3", "eth1") });
        Assert.Equal(["c1", "c3"], freed.Select(lease => lease.ContainerId));
        Assert.Equal("c2", Assert.Single(_fixture.Leases().Leases()).ContainerId);
        Assert.Equal(["one", "three", "two"], _fixture.Leases().Reservations().Select(r => r.Name).Order());
        Assert.Equal("10.87.1.5", Add("c4"));
        Assert.Single(_fixture.Leases().CollectGarbage(new HashSet<Attachment> { new("c2", "eth0") }));
        Assert.Single(_fixture.Leases().CollectGarbage(new HashSet<Attachment>()));
        Assert.Empty(_fixture.Leases().CollectGarbage(new HashSet<Attachment>()));
    }

    [Fact]
    public void Static_reservations_are_kept_for_their_name()
    {
        Use("10.87.1.0/29");
        _fixture.Leases().Reserve("web", IPAddress.Parse("10.87.1.2"));
        Assert.Equal(["10.87.1.3", "10.87.1.4", "10.87.1.5", "10.87.1.6"], Enumerable.Range(0, 4).Select(i => Add("c" + i)));
        Assert.Equal(IpamFailure.Exhausted, FailureOf(() => Add("c9")));
        IpamException error = Assert.Throws<IpamException>(() => Add("c9", "db", "10.87.1.2"));
        Assert.Equal((IpamFailure.AddressUnavailable, "it has a static reservation for \"web\""), (error.Failure, error.Details));
        Assert.Equal("10.87.1.2", Add("c10", "web"));
        _fixture.Delete("c10");
        Reservation reservation = Assert.Single(_fixture.Leases().Reservations());
        Assert.True(reservation.IsStatic);
    }

    [Fact]
    public void Configured_reservations_are_static_and_a_request_can_override_them_once()
    {
        _fixture.Configuration = Configurations.Ipam(
            """
            "subnet":"10.87.1.0/24","reservations":{"web":"10.87.1.2"}
            """);
        Assert.Equal("10.87.1.3", Add("c1", "db"));
        Assert.Equal("10.87.1.40", Add("c2", "web", "10.87.1.40"));
        Assert.Equal("10.87.1.2", Add("c3", "web"));
        Assert.Equal(IpamFailure.AddressUnavailable, FailureOf(() => Add("c4", "db", "10.87.1.2")));
        Assert.True(_fixture.Leases().Reservations()[0] is { Name: "web", IsStatic: true });
    }

    [Fact]
    public void Reserving_checks_the_address()
    {
        Add("c1", "web");
        _fixture.Leases().Reserve("db", IPAddress.Parse("10.87.1.20"));
        Assert.Equal(IpamFailure.AddressUnavailable, FailureOf(() => _fixture.Leases().Reserve("x", IPAddress.Parse("10.87.1.2"))));
        Assert.Equal(IpamFailure.AddressUnavailable, FailureOf(() => _fixture.Leases().Reserve("x", IPAddress.Parse("10.87.1.20"))));
        Assert.Equal(IpamFailure.GatewayRequested, FailureOf(() => _fixture.Leases().Reserve("x", IPAddress.Parse("10.87.1.1"))));
        Assert.Equal(IpamFailure.AddressNotInRange, FailureOf(() => _fixture.Leases().Reserve("x", IPAddress.Parse("10.9.9.9"))));
        _fixture.Leases().Reserve("web", IPAddress.Parse("10.87.1.2"));
        _fixture.Leases().Reserve("db", IPAddress.Parse("10.87.1.21"));
        Assert.Equal(
            ["db=10.87.1.21", "web=10.87.1.2"],
            _fixture.Leases().Reservations().Where(r => r.IsStatic).Select(r => r.Name + "=" + string.Join('+', r.Addresses)).Order());
        _fixture.Kill("c1");
        _fixture.Leases().Unreserve("web");
        _fixture.Leases().Reserve("x", IPAddress.Parse("10.87.1.2"));
        Assert.Empty(_fixture.Leases().Leases());
    }

    [Fact]
    public void Unreserve_ends_both_kinds_and_says_whether_there_was_one()
    {
        Add("c1", "web");
        _fixture.Leases().Reserve("web", IPAddress.Parse("10.87.1.30"));
        Assert.True(_fixture.Leases().Unreserve("web"));
        Assert.False(_fixture.Leases().Unreserve("web"));
        Assert.Empty(_fixture.Leases().Reservations());
        Assert.Single(_fixture.Leases().Leases());
    }

    [Fact]
    public void Static_containers_start_after_dynamic_ones_in_any_order()
    {
        _fixture.Configuration = Configurations.Ipam(
            """
            "subnet":"10.87.1.0/28","reservations":{"s1":"10.87.1.2","s2":"10.87.1.5","s3":"10.87.1.9"}
            """);
        var random = new Random(19583);
        for (int round = 0; round < 100; round++)
        {
            string[] names = ["s1", "s2", "s3", "d1", "d2", "d3", "d4"];
            random.Shuffle(names);
            var got = names.ToDictionary(name => name, name => Add($"{name}-{round}", name));
            Assert.Equal(("10.87.1.2", "10.87.1.5", "10.87.1.9"), (got["s1"], got["s2"], got["s3"]));
            Assert.Equal(names.Length, got.Values.Distinct().Count());
            foreach (string name in names)
            {
                _fixture.Delete($"{name}-{round}");
            }
        }
    }

    [Fact]
    public void Status_counts_without_changing_anything()
    {
        Add("c1", "one");
        Add("c2", "two");
        Add("c3", "three");
        _fixture.Delete("c2");
        _fixture.Kill("c3");
        _fixture.Leases().Reserve("fixed", IPAddress.Parse("10.87.1.99"));
        PoolStatus status = _fixture.Leases().Status();
        Assert.Equal(new RangeSetStatus("10.87.1.1-10.87.1.254", 253, Used: 1, Static: 1, Sticky: 2), Assert.Single(status.Sets));
        Assert.Equal((1, true, (UInt128)251), (status.Stale, status.CanAllocate, status.Sets[0].Available));
        Assert.Equal(2, _fixture.Leases().Leases().Count);
    }

    [Fact]
    public void Status_of_a_full_network_cannot_allocate()
    {
        Use("10.87.1.0/30");
        Assert.True(_fixture.Leases().Status().CanAllocate);
        Add("c1");
        Assert.False(_fixture.Leases().Status().CanAllocate);
    }

    [Fact]
    public void A_large_range_needs_no_counting()
    {
        Use("fd78::/64");
        Assert.Equal(["fd78::2", "fd78::3"], [Add("c1"), Add("c2")]);
        Assert.Equal("fd78::ffff:ffff:ffff:ffff", Add("c3", null, "fd78::ffff:ffff:ffff:ffff"));
        Assert.Equal("fd78::4", Add("c4"));
        Use("10.0.0.0/8");
        Assert.Equal("10.0.0.2", Add("c5"));
    }

    [Fact]
    public void A_set_of_several_ranges_is_walked_in_order_and_around()
    {
        _fixture.Configuration = Configurations.Ipam(
            """
            "ranges":[[{"subnet":"10.2.0.0/24","rangeStart":"10.2.0.8","rangeEnd":"10.2.0.9","gateway":"10.2.0.1"},
                       {"subnet":"10.1.0.0/24","rangeStart":"10.1.0.3","rangeEnd":"10.1.0.4","gateway":"10.1.0.1"}]]
            """);
        Assert.Equal(["10.2.0.8", "10.2.0.9", "10.1.0.3", "10.1.0.4"], Enumerable.Range(0, 4).Select(i => Add("c" + i)));
        _fixture.Delete("c1");
        Assert.Equal("10.2.0.9", Add("c5"));
        IpamException error = Assert.Throws<IpamException>(() => Add("c6"));
        Assert.EndsWith("range set: 10.2.0.8-10.2.0.9,10.1.0.3-10.1.0.4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cursor_belongs_to_the_set_not_to_its_place()
    {
        Assert.Equal("10.87.1.2", Add("c1"));
        _fixture.Configuration = Configurations.Ipam(
            """
            "ranges":[[{"subnet":"10.88.0.0/24"}],[{"subnet":"10.87.1.0/24"}]]
            """);
        Assert.Equal(["10.88.0.2", "10.87.1.3"], _fixture.AddAll("c2").Addresses.Select(a => a.Address.ToString()));
        _fixture.Leases().CollectGarbage(new HashSet<Attachment>());
        Assert.Equal(["10.88.0.3", "10.87.1.4"], _fixture.AddAll("c3").Addresses.Select(a => a.Address.ToString()));
    }

    [Fact]
    public void A_reservation_that_no_longer_fits_the_ranges_is_passed_over()
    {
        Add("c1", "web");
        _fixture.Delete("c1");
        Use("10.99.0.0/24");
        Assert.Equal("10.99.0.2", Add("c2", "web"));
        _fixture.Delete("c2");
        Use("10.87.1.0/24");
        Assert.Equal("10.87.1.2", Add("c3", "web"));
    }

    [Fact]
    public void A_reservation_that_became_the_gateway_is_replaced()
    {
        Add("c1", "web");
        _fixture.Delete("c1");
        _fixture.Configuration = Configurations.Ipam(
            """
            "subnet":"10.87.1.0/24","gateway":"10.87.1.2"
            """);
        Assert.Equal("10.87.1.3", Add("c2", "web"));
        _fixture.Delete("c2");
        Assert.Equal("10.87.1.3", Add("c3", "web"));
    }

    [Fact]
    public void A_reload_gets_the_address_just_released()
    {
        Add("c1", null, "10.87.1.55");
        _fixture.Delete("c1");
        Assert.Equal("10.87.1.55", Add("c1", null, "10.87.1.55"));
    }

    [Fact]
    public void A_missing_document_is_rebuilt_from_what_is_live()
    {
        _fixture.Host.Live.Add(new Lease { ContainerId = "c1", InterfaceName = "eth0", Addresses = [IPAddress.Parse("10.87.1.2")], ContainerName = "web" });
        Assert.Equal("10.87.1.3", Add("c2"));
        Assert.Contains(_fixture.Warnings, warning => warning.Contains("1 leases were rebuilt", StringComparison.Ordinal));
        Assert.Equal(["c1", "c2"], _fixture.Leases().Leases().Select(lease => lease.ContainerId));
        Assert.Equal("10.87.1.2", _fixture.Delete("c1")!.Addresses[0].ToString());
        Assert.Equal("10.87.1.2", Add("c3", "web"));
    }
}
