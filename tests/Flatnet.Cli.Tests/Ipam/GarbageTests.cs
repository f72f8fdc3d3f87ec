using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Cli.Tests.Ipam;

public sealed class GarbageTests
{
    [Fact]
    public async Task Gc_removes_stale_leases_and_says_why()
    {
        using var machine = new IpamFixture();
        machine.Document(
            [
                IpamFixture.Lease("10.87.1.2", "aaaaaaaaaaaaaaaaaaaa", "web"),
                IpamFixture.Lease("10.87.1.3", "bbbbbbbbbbbbbbbbbbbb", "db", ns: IpamFixture.Gone),
                IpamFixture.Lease("10.87.1.4", "cccccccccccccccccccc", boot: "boot-0"),
            ],
            IpamFixture.Reservation("db", "10.87.1.3"));

        IpamFixture.Outcome outcome = await machine.RunAsync("gc");

        Assert.Equal((0, "2 stale leases removed.\n"), (outcome.Code, outcome.Error));
        Assert.Equal(
            """
            10.87.1.3   db   bbbbbbbbbbbb   namespace gone
            10.87.1.4   -    cccccccccccc   earlier boot

            """,
            outcome.Out);
        Assert.Equal(["live", "reserved"], await StatesAsync(machine));
    }

    [Fact]
    public async Task Gc_repairs_a_broken_file_and_a_dry_run_does_not()
    {
        using var machine = new IpamFixture();
        machine.Raw("{");

        Assert.Equal(0, (await machine.RunAsync("gc --dry-run")).Code);
        Assert.Equal("{", File.ReadAllText(machine.LeaseFile));

        Assert.Equal(0, (await machine.RunAsync("gc")).Code);
        Assert.Empty(await StatesAsync(machine));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(machine.LeaseFile)!, "*.broken-*"));
    }

    [Fact]
    public void A_dry_run_changes_nothing_and_prints_exactly_what_gc_then_removes()
    {
        Gen<string> oneOf = Gen.Elements(IpamFixture.Live, IpamFixture.Gone);
        Gen<(string Namespace, string Boot, bool HasName)[]> documents =
            (from path in oneOf from boot in Gen.Elements("boot-1", "boot-0") from hasName in Gen.Elements(true, false) select (path, boot, hasName))
            .ArrayOf();
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(documents.ToArbitrary(), leases => DryRunTellsTheTruth(leases).GetAwaiter().GetResult()));
    }

    private static async Task<bool> DryRunTellsTheTruth((string Namespace, string Boot, bool HasName)[] leases)
    {
        using var machine = new IpamFixture();
        machine.Document([.. leases.Take(250).Select((lease, i) =>
            IpamFixture.Lease($"10.87.1.{i + 2}", $"container{i:d12}", lease.HasName ? $"name{i}" : null, lease.Namespace, lease.Boot))]);
        byte[] before = File.ReadAllBytes(machine.LeaseFile);
        string[] states = await StatesAsync(machine);

        IpamFixture.Outcome json = await machine.RunAsync("gc --dry-run --json");
        IpamFixture.Outcome text = await machine.RunAsync("gc --dry-run");
        bool isUntouched = before.AsSpan().SequenceEqual(File.ReadAllBytes(machine.LeaseFile));
        string[] allBefore = await AddressesAsync(machine);
        IpamFixture.Outcome done = await machine.RunAsync("gc");
        string[] allAfter = await AddressesAsync(machine);

        string[] told = [.. json.Json.GetProperty("removed").EnumerateArray().Select(lease => lease.GetProperty("addresses")[0].GetString()!)];
        return isUntouched
            && text.Out == done.Out
            && told.Length == states.Count(state => state == "stale")
            && told.Order().SequenceEqual(allBefore.Except(allAfter).Order())
            && (await StatesAsync(machine)).All(state => state == "live");
    }

    private static async Task<string[]> StatesAsync(IpamFixture machine) => await ListAsync(machine, "state");

    private static async Task<string[]> AddressesAsync(IpamFixture machine) => await ListAsync(machine, "address");

    private static async Task<string[]> ListAsync(IpamFixture machine, string key)
    {
        JsonElement json = (await machine.RunAsync("ls --json")).Json;
        return [.. json.GetProperty("addresses").EnumerateArray().Select(entry => entry.GetProperty(key).GetString()!)];
    }
}
