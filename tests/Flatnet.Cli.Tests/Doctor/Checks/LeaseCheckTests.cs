using System.Globalization;
using Flatnet.Cli.Doctor;
using Flatnet.Cli.Doctor.Checks;
using Flatnet.Podman;

namespace Flatnet.Cli.Tests.Doctor.Checks;

public sealed class LeaseCheckTests : IDisposable
{
    private const string Document = "/var/lib/cni/flatnet/ipam.json";

    private readonly DoctorFixture _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task No_lease_file_is_as_good_as_an_empty_one()
    {
        await _machine.ExpectAsync(new IpamStateCheck(), CheckStatus.Pass, $"{Document} does not exist yet; the first container makes it");
    }

    [Fact]
    public async Task Leases_are_counted()
    {
        _machine.Acquire("web", lives: true);
        _machine.Acquire("db", lives: false);

        await _machine.ExpectAsync(new IpamStateCheck(), CheckStatus.Pass, $"{Document}: 2 leases");
    }

    [Fact]
    public async Task A_broken_lease_file_is_a_warning()
    {
        _machine.Root.Write(Document, "{ oops");

        CheckResult result = await _machine.RunAsync(new IpamStateCheck());

        Assert.Equal(CheckStatus.Warning, result.Status);
        Assert.Contains($"{Document} does not parse: ", result.Message, StringComparison.Ordinal);
        Assert.Contains("sudo flatnet ipam gc", result.Suggestion, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lease_file_that_is_none_is_a_warning()
    {
        Directory.CreateDirectory(_machine.Root.Path + Document);

        Assert.Equal(CheckStatus.Warning, (await _machine.RunAsync(new IpamStateCheck())).Status);
    }

    [Fact]
    public async Task The_settings_name_another_lease_file()
    {
        _machine.Settings = _machine.Settings with { IpamPath = "/srv/leases.json" };
        _machine.Acquire("web", lives: true);

        await _machine.ExpectAsync(new IpamStateCheck(), CheckStatus.Pass, "/srv/leases.json: 1 leases");
    }

    [Fact]
    public async Task Leases_of_containers_that_live_are_not_stale()
    {
        _machine.Acquire("web", lives: true);

        await _machine.ExpectAsync(new StaleLeasesCheck(), CheckStatus.Pass, "every lease belongs to a container that lives");
    }

    [Fact]
    public async Task Stale_leases_are_a_warning_and_named()
    {
        _machine.Acquire("web", lives: true);
        _machine.Acquire("db", lives: false);

        await _machine.ExpectAsync(new StaleLeasesCheck(), CheckStatus.Warning, "1 lease belongs to a container that is gone", "sudo flatnet ipam gc");
        Assert.Equal("10.87.1.3 db", Assert.Single((await _machine.RunAsync(new StaleLeasesCheck())).Details));
    }

    [Fact]
    public async Task Addresses_that_differ_are_no_duplicates()
    {
        _machine.Acquire("web", lives: true);
        _machine.Engine.Add("web").Add("db", address: "10.87.1.3").Add("elsewhere", network: "podman", address: "10.87.1.3");

        await _machine.ExpectAsync(new DuplicateAddressesCheck(), CheckStatus.Pass, "no address belongs to two containers");
    }

    [Fact]
    public async Task One_address_of_two_containers_is_a_failure()
    {
        _machine.Acquire("web", lives: true);
        _machine.Engine.Add("db", address: "10.87.1.2");

        await _machine.ExpectAsync(new DuplicateAddressesCheck(), CheckStatus.Fail, "one address, two containers: 10.87.1.2: web, db", "podman restart");
    }

    [Fact]
    public async Task Duplicates_are_found_without_Podman()
    {
        _machine.EngineFailure = new EngineException(EngineFailure.Absent, "no Podman", "");
        _machine.Acquire("web", lives: true);

        await _machine.ExpectAsync(new DuplicateAddressesCheck(), CheckStatus.Pass, "no address belongs to two containers");
    }

    [Theory]
    [InlineData(8, nameof(CheckStatus.Pass), "5 of 13 addresses are free")]
    [InlineData(11, nameof(CheckStatus.Pass), "2 of 13 addresses are free")]
    [InlineData(12, nameof(CheckStatus.Warning), "12 of 13 addresses in 10.87.1.1-10.87.1.14 are taken")]
    [InlineData(13, nameof(CheckStatus.Fail), "13 of 13 addresses in 10.87.1.1-10.87.1.14 are taken")]
    public async Task The_pool_is_nearly_full_at_nine_tenths(int containers, string expected, string message)
    {
        _machine.Root.Write("/etc/cni/net.d/flatnet.conflist", DoctorFixture.Conflist.Replace("10.87.1.0/24", "10.87.1.0/28", StringComparison.Ordinal));
        for (int i = 0; i < containers; i++)
        {
            _machine.Acquire("c" + i.ToString("D2", CultureInfo.InvariantCulture), lives: true);
        }

        await _machine.ExpectAsync(new AddressPoolCheck(), expected, message, "podman ps -a --filter network=flatnet");
    }

    [Fact]
    public async Task The_fix_ends_stale_leases_and_no_others_and_then_has_nothing_to_do()
    {
        _machine.Acquire("web", lives: true);
        _machine.Acquire("db", lives: false);

        CheckResult before = await _machine.RunAsync(new StaleLeasesCheck());
        string done = await before.Fix!.ApplyAsync(default);

        Assert.Equal("ended 1 leases of containers that are gone", done);
        Assert.Equal("web", Assert.Single(_machine.Leases().Leases()).ContainerName);
        Assert.Null((await _machine.RunAsync(new StaleLeasesCheck())).Fix);
    }
}
