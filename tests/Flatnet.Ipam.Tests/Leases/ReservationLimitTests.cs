namespace Flatnet.Ipam.Tests;

public sealed class ReservationLimitTests
{
    [Fact]
    public void The_least_recently_used_go_beyond_the_limit_but_none_in_use()
    {
        using StoreFixture fixture = StoreFixture.InMemory();
        fixture.Configuration = Configurations.Subnet("10.0.0.0/8");
        fixture.Add("stays", "name-of-running");
        for (int i = 0; i < StickyReservations.Most + 2; i++)
        {
            fixture.Add("c", "name" + i);
            fixture.Delete("c");
        }

        List<string> left = [.. fixture.Leases().Reservations().Select(reservation => reservation.Name)];
        Assert.Equal(StickyReservations.Most, left.Count);
        Assert.Contains("name-of-running", left);
        Assert.DoesNotContain(left, name => name is "name0" or "name1" or "name2");
        Assert.Contains("name3", left);
    }
}
