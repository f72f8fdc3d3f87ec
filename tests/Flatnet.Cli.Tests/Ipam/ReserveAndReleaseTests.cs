using System.Text.Json;

namespace Flatnet.Cli.Tests.Ipam;

public sealed class ReserveAndReleaseTests : IDisposable
{
    private readonly IpamFixture _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task Reserve_keeps_an_address_and_doing_it_twice_writes_nothing()
    {
        Assert.Equal((0, "10.87.1.50 is reserved for web.\n", ""), Parts(await _machine.RunAsync("reserve web 10.87.1.50")));
        byte[] written = File.ReadAllBytes(_machine.LeaseFile);
        DateTime time = File.GetLastWriteTimeUtc(_machine.LeaseFile);

        Assert.Equal((0, "10.87.1.50 is reserved for web already.\n", ""), Parts(await _machine.RunAsync("reserve web 10.87.1.50")));

        Assert.Equal(written, File.ReadAllBytes(_machine.LeaseFile));
        Assert.Equal(time, File.GetLastWriteTimeUtc(_machine.LeaseFile));
        Assert.Contains(" static\n", (await _machine.RunAsync("show web")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reserve_in_json_says_whether_something_changed()
    {
        JsonElement first = (await _machine.RunAsync("reserve web 10.87.1.50 --json")).Json;
        JsonElement second = (await _machine.RunAsync("reserve web 10.87.1.50 --json")).Json;

        Assert.Equal(("web", "10.87.1.50"), (first.GetProperty("name").GetString(), first.GetProperty("address").GetString()));
        Assert.Equal((true, false), (first.GetProperty("changed").GetBoolean(), second.GetProperty("changed").GetBoolean()));
    }

    [Theory]
    [InlineData("10.88.0.5", "it lies in none of the ranges of network \"flatnet\"\nthe ranges are 10.87.1.1-10.87.1.254")]
    [InlineData("10.87.1.1", "it is the gateway")]
    [InlineData("10.87.1.0", "it lies in none of the ranges")]
    [InlineData("10.87.1.255", "it lies in none of the ranges")]
    [InlineData("10.87.1.9", "container \"db\" (aaaaaaaaaaaaaaaaaaaa) has it on eth0 since 2026-03-01 10:00:00Z")]
    [InlineData("10.87.1.10", "it has a static reservation for \"dns\"")]
    public async Task Reserve_refuses_what_cannot_be_and_says_who_has_it(string address, string why)
    {
        _machine.Document([IpamFixture.Lease("10.87.1.9", "aaaaaaaaaaaaaaaaaaaa", "db")], IpamFixture.Reservation("dns", "10.87.1.10", isStatic: true));
        byte[] before = File.ReadAllBytes(_machine.LeaseFile);

        IpamFixture.Outcome outcome = await _machine.RunAsync($"reserve web {address}");

        Assert.Equal((1, ""), (outcome.Code, outcome.Out));
        Assert.StartsWith($"Error: cannot reserve {address}: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(why, outcome.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_machine.LeaseFile));
    }

    [Fact]
    public async Task Reserve_refuses_what_the_configuration_contradicts()
    {
        _machine.Conflist("\"subnet\":\"10.87.1.0/24\",\"reservations\":{\"web\":\"10.87.1.9\"}");

        IpamFixture.Outcome outcome = await _machine.RunAsync("reserve web 10.87.1.50");

        Assert.Equal(1, outcome.Code);
        Assert.Contains("the network's configuration reserves 10.87.1.9 for it", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await _machine.RunAsync("reserve web 10.87.1.9")).Code);
    }

    [Fact]
    public async Task Reserve_tells_who_had_the_address_and_when_the_change_takes_effect()
    {
        _machine.Document(
            [IpamFixture.Lease("10.87.1.7", "aaaaaaaaaaaaaaaaaaaa", "web")],
            IpamFixture.Reservation("web", "10.87.1.7"),
            IpamFixture.Reservation("old", "10.87.1.50"));

        IpamFixture.Outcome outcome = await _machine.RunAsync("reserve web 10.87.1.50");

        Assert.Equal(
            "old had 10.87.1.50 last; it gets another address when it starts again.\nweb runs with 10.87.1.7; it gets 10.87.1.50 when it starts again.\n",
            outcome.Error);
    }

    [Theory]
    [InlineData("reserve web 10.87.1.300", "\"10.87.1.300\" is not an IP address")]
    [InlineData("reserve 10.87.1.5 web", "the name comes first: flatnet ipam reserve web 10.87.1.5")]
    [InlineData("reserve we/b 10.87.1.5", "cannot be the name of a container")]
    [InlineData("reserve 10.87.1.6 10.87.1.5", "cannot be the name of a container")]
    [InlineData("reserve web", "Required argument missing")]
    [InlineData("release", "Required argument missing")]
    public async Task A_command_line_that_makes_no_sense_ends_with_2(string words, string message)
    {
        IpamFixture.Outcome outcome = await _machine.RunAsync(words);

        Assert.Equal(2, outcome.Code);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Release_ends_a_reservation()
    {
        await _machine.RunAsync("reserve web 10.87.1.50");

        Assert.Equal((0, "10.87.1.50: the reservation for web has ended.\n", ""), Parts(await _machine.RunAsync("release web")));

        Assert.Contains("free", (await _machine.RunAsync("show 10.87.1.50")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Release_ends_a_stale_lease_by_address()
    {
        _machine.Document([IpamFixture.Lease("10.87.1.9", "aaaaaaaaaaaaaaaaaaaa", "db", ns: IpamFixture.Gone)]);

        Assert.Equal((0, "10.87.1.9: the lease of db (aaaaaaaaaaaa) has ended.\n", ""), Parts(await _machine.RunAsync("release 10.87.1.9")));
    }

    [Fact]
    public async Task Release_refuses_a_live_lease_and_says_what_force_means()
    {
        _machine.Document([IpamFixture.Lease("10.87.1.9", "aaaaaaaaaaaaaaaaaaaa", "db")], IpamFixture.Reservation("db", "10.87.1.9"));
        byte[] before = File.ReadAllBytes(_machine.LeaseFile);

        IpamFixture.Outcome refused = await _machine.RunAsync("release db");

        Assert.Equal((1, ""), (refused.Code, refused.Out));
        Assert.Contains("db (aaaaaaaaaaaa) is running and uses 10.87.1.9\nStop it first: podman stop db\n", refused.Error, StringComparison.Ordinal);
        Assert.Contains("the container goes on using 10.87.1.9, and another one may get the same address", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_machine.LeaseFile));

        JsonElement forced = (await _machine.RunAsync("release db --force --json")).Json;

        Assert.Equal("db", Assert.Single(forced.GetProperty("leases").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal("db", Assert.Single(forced.GetProperty("reservations").EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Release_of_a_static_reservation_leaves_the_running_container_its_address()
    {
        _machine.Document([IpamFixture.Lease("10.87.1.9", "aaaaaaaaaaaaaaaaaaaa", "db")], IpamFixture.Reservation("db", "10.87.1.9", isStatic: true));

        Assert.Equal(
            (0, "10.87.1.9: the reservation for db has ended.\n", "db (aaaaaaaaaaaa) is running and keeps 10.87.1.9 until it stops.\n"),
            Parts(await _machine.RunAsync("release db")));
    }

    [Theory]
    [InlineData("dns", "is reserved by the configuration of network \"flatnet\"\nTake it out of \"reservations\" in /etc/cni/net.d/flatnet.conflist.")]
    [InlineData("10.87.1.9", "is reserved by the configuration of network \"flatnet\"")]
    [InlineData("wep", "Did you mean web?")]
    [InlineData("10.87.1.77", "nothing in network \"flatnet\" is leased to or reserved for \"10.87.1.77\"")]
    public async Task Release_of_nothing_is_an_error_that_helps(string target, string message)
    {
        _machine.Conflist("\"subnet\":\"10.87.1.0/24\",\"reservations\":{\"dns\":\"10.87.1.9\"}");
        _machine.Document([], IpamFixture.Reservation("web", "10.87.1.10"));

        IpamFixture.Outcome outcome = await _machine.RunAsync($"release {target}");

        Assert.Equal(1, outcome.Code);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_plugin_would_keep_is_kept()
    {
        _machine.Raw("""{"version":1,"future":{"a":1},"leases":[],"reservations":[{"name":"x","ip":["10.87.1.4"],"used":1,"why":"asked"}]}""");

        await _machine.RunAsync("reserve web 10.87.1.50");

        string json = File.ReadAllText(_machine.LeaseFile);
        Assert.Contains("\"future\":{\"a\":1}", json, StringComparison.Ordinal);
        Assert.Contains("\"why\":\"asked\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changing_a_broken_file_keeps_it_under_another_name_and_says_so()
    {
        _machine.Raw("{\"version\":1,");

        IpamFixture.Outcome outcome = await _machine.RunAsync("reserve web 10.87.1.50");

        Assert.Equal(0, outcome.Code);
        Assert.Contains("Warning: state file /var/lib/cni/flatnet/ipam.json does not parse", outcome.Error, StringComparison.Ordinal);
        string kept = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(_machine.LeaseFile)!, "*.broken-*"));
        Assert.Equal("{\"version\":1,", File.ReadAllText(kept));
    }

    private static (int Code, string Out, string Error) Parts(IpamFixture.Outcome outcome) => (outcome.Code, outcome.Out, outcome.Error);
}
