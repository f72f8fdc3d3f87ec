using System.Net;

namespace Flatnet.Ipam.Tests;

public sealed class MemoryAdministrationTests : AdministrationSuite
{
    internal override StoreFixture Create() => StoreFixture.InMemory();
}

public sealed class DiskAdministrationTests : AdministrationSuite
{
    internal override StoreFixture Create() => StoreFixture.OnDisk();
}

/// <summary>What a person does to leases by hand, whatever keeps them.</summary>
public abstract class AdministrationSuite : IDisposable
{
    private readonly StoreFixture _fixture;

    protected AdministrationSuite() => _fixture = Create();

    internal abstract StoreFixture Create();

    public void Dispose() => _fixture.Dispose();

    private ReleaseOutcome End(string text, bool force = false) => _fixture.Leases().EndByHand(LeaseSelector.Parse(text), force);

    private string[] Names() => [.. _fixture.Leases().Reservations().Select(reservation => reservation.Name)];

    private string[] Containers() => [.. _fixture.Leases().Leases().Select(lease => lease.ContainerId)];

    [Fact]
    public void Stale_leases_end_and_live_ones_and_reservations_stay()
    {
        _fixture.Add("c1", "web");
        _fixture.Add("c2", "db");
        _fixture.Kill("c1");
        Assert.Equal(["c1"], _fixture.Leases().EndStale().Select(lease => lease.ContainerId));
        Assert.Equal(["c2"], Containers());
        Assert.Equal(["web", "db"], Names());
    }

    [Fact]
    public void Pretending_tells_what_would_end_and_changes_nothing()
    {
        _fixture.Add("c1");
        _fixture.Add("c2");
        _fixture.Host.BootId = "boot-2";
        Assert.Equal(["c1", "c2"], _fixture.Leases().EndStale(pretend: true).Select(lease => lease.ContainerId));
        Assert.Equal(["c1", "c2"], Containers());
        Assert.Equal(["c1", "c2"], _fixture.Leases().EndStale().Select(lease => lease.ContainerId));
        Assert.Empty(_fixture.Leases().EndStale());
    }

    [Fact]
    public void A_stale_lease_and_its_sticky_reservation_end_by_name()
    {
        _fixture.Add("c1", "web");
        _fixture.Add("c2", "db");
        _fixture.Kill("c1");
        ReleaseOutcome outcome = End("web");
        Assert.Equal("c1", Assert.Single(outcome.Ended).ContainerId);
        Assert.Equal("web", Assert.Single(outcome.Removed).Name);
        Assert.Equal(["c2"], Containers());
        Assert.Equal(["db"], Names());
    }

    [Fact]
    public void A_live_lease_and_its_sticky_reservation_stay_without_force()
    {
        _fixture.Add("c1", "web");
        ReleaseOutcome outcome = End("web");
        Assert.Equal("c1", Assert.Single(outcome.Kept).ContainerId);
        Assert.Empty(outcome.Ended);
        Assert.Empty(outcome.Removed);
        Assert.Equal(["c1"], Containers());
        Assert.Equal(["web"], Names());
    }

    [Fact]
    public void Force_ends_a_live_lease_and_its_address_comes_last()
    {
        _fixture.Configuration = Configurations.Subnet("10.87.1.0/29");
        Assert.Equal("10.87.1.2", _fixture.Add("c1").ToString());
        Assert.Equal("c1", Assert.Single(End("10.87.1.2", force: true).Ended).ContainerId);
        Assert.Equal(["10.87.1.3", "10.87.1.4", "10.87.1.5", "10.87.1.6", "10.87.1.2"], Enumerable.Range(0, 5).Select(i => _fixture.Add("n" + i).ToString()));
    }

    [Fact]
    public void A_static_reservation_ends_although_its_container_runs()
    {
        _fixture.Add("c1", "web");
        _fixture.Leases().Reserve("web", IPAddress.Parse("10.87.1.2"));
        ReleaseOutcome outcome = End("web");
        Assert.True(Assert.Single(outcome.Removed).IsStatic);
        Assert.Equal("c1", Assert.Single(outcome.Kept).ContainerId);
        Assert.DoesNotContain(_fixture.Leases().Reservations(), reservation => reservation.IsStatic);
        Assert.Equal(["c1"], Containers());
    }

    [Fact]
    public void By_address_only_that_address_of_a_reservation_ends()
    {
        _fixture.Configuration = Configurations.Ipam("""
            "ranges":[[{"subnet":"10.87.1.0/24"}],[{"subnet":"fd78::/64"}]]
            """);
        _fixture.Add("c1", "web");
        _fixture.Delete("c1");
        Assert.Equal(["fd78::2"], Assert.Single(End("fd78::2").Removed).Addresses.Select(address => address.ToString()));
        Assert.Equal(["10.87.1.2"], Assert.Single(_fixture.Leases().Reservations()).Addresses.Select(address => address.ToString()));
    }

    [Theory]
    [InlineData("0123456789ab", true)]
    [InlineData("0123456789abcdef", true)]
    [InlineData("0123456789a", false)]
    public void A_container_is_meant_by_at_least_twelve_digits_of_its_id(string text, bool isMeant)
    {
        _fixture.Add("0123456789abcdef", "web");
        Assert.Equal(isMeant ? 1 : 0, End(text).Kept.Length);
    }

    [Fact]
    public void What_nobody_knows_changes_nothing()
    {
        _fixture.Add("c1", "web");
        ReleaseOutcome outcome = End("other", force: true);
        Assert.Equal((0, 0, 0), (outcome.Ended.Length, outcome.Removed.Length, outcome.Kept.Length));
        Assert.Equal(["c1"], Containers());
    }

    [Fact]
    public void A_snapshot_holds_leases_and_reservations_of_one_moment()
    {
        Assert.True(_fixture.Leases().Snapshot().IsMissing);
        _fixture.Configuration = Configurations.Ipam("""
            "ranges":[[{"subnet":"10.87.1.0/24"}]],"reservations":{"dns":"10.87.1.9"}
            """);
        _fixture.Add("c1", "web");
        LeaseSnapshot snapshot = _fixture.Leases().Snapshot();
        Assert.Equal((false, null), (snapshot.IsMissing, snapshot.Trouble));
        Assert.Equal("c1", Assert.Single(snapshot.Leases).ContainerId);
        Assert.Equal(["dns", "web"], snapshot.Reservations.Select(reservation => reservation.Name));
        Assert.Empty(snapshot.UnknownFields);
    }
}
