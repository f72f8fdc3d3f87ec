using System.Text;

namespace Flatnet.Ipam.Tests;

public sealed class HostLocalTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();
    private readonly FakeHost _host = new();
    private readonly FakeTime _time = new();
    private readonly string _networks;

    public HostLocalTests() => _networks = Directory.CreateDirectory(Path.Combine(_data.Path, "networks", "flatnet")).FullName;

    private IpamConfiguration Configuration { get; set; } = Configurations.Subnet("10.87.1.0/24");

    public void Dispose() => _data.Dispose();

    private NetworkLeases Leases() => new(
        Configuration,
        new DiskLeaseStore(_data.Path, "flatnet"),
        _host,
        _time,
        [new HostLocalDirectory(Path.Combine(_data.Path, "flatnet")), new HostLocalDirectory(_networks)]);

    private string Add(string container) => Leases().Acquire(StoreFixture.Request(container, null)).Addresses[0].Address.ToString();

    private void Write(string name, string content, bool beforeBoot = false)
    {
        string path = Path.Combine(_networks, name);
        File.WriteAllText(path, content);
        File.SetLastWriteTimeUtc(path, (_host.BootTime + TimeSpan.FromHours(beforeBoot ? -1 : 1)).UtcDateTime);
    }

    [Fact]
    public void Records_and_cursor_are_taken_over()
    {
        Write("10.87.1.7", "c1\r\neth0");
        Write("10.87.1.8", "c2\r\neth0\r\n");
        Write("10.87.1.9", "legacy");
        Write("last_reserved_ip.0", "10.87.1.6");
        Write("lock", "");
        NetworkLeases leases = Leases();
        Assert.Equal("10.87.1.10", leases.Acquire(StoreFixture.Request("new", null)).Addresses[0].Address.ToString());
        Assert.Contains($"3 leases were taken over from host-local in {_networks}", leases.Warnings);
        Assert.Equal(["c1", "c2", "legacy", "new"], Leases().Leases().Select(lease => lease.ContainerId).Order());
        Assert.Equal("eth0", Leases().Find(new Attachment("c2", "eth0"))!.InterfaceName);
        Assert.Equal("10.87.1.9", Leases().Find(new Attachment("legacy", "eth3"))!.Addresses[0].ToString());
    }

    [Fact]
    public void Both_families_of_an_interface_are_one_lease()
    {
        Configuration = Configurations.Ipam(
            """
            "ranges":[[{"subnet":"10.87.1.0/24"}],[{"subnet":"fd78::/64"}]]
            """);
        Write("10.87.1.7", "c1\r\neth0");
        Write("fd78::7", "c1\r\neth0");
        Add("new");
        Assert.Equal(["10.87.1.7", "fd78::7"], Leases().Find(new Attachment("c1", "eth0"))!.Addresses.Select(a => a.ToString()).Order());
    }

    [Fact]
    public void Releasing_an_imported_lease_removes_its_file_and_no_other()
    {
        Write("10.87.1.7", "c1\r\neth0");
        Write("10.87.1.8", "c2\r\neth0");
        Add("new");
        Assert.NotNull(Leases().Release(new Attachment("c1", "eth0")));
        Assert.Equal(["10.87.1.8"], Directory.GetFiles(_networks).Select(Path.GetFileName));
        Leases().Release(new Attachment("new", "eth0"));
        Assert.Single(Directory.GetFiles(_networks));
    }

    [Fact]
    public void A_first_release_after_the_change_works_too()
    {
        Write("10.87.1.7", "c1\r\neth0");
        Assert.Equal("10.87.1.7", Leases().Release(new Attachment("c1", "eth0"))!.Addresses[0].ToString());
        Assert.Empty(Directory.GetFiles(_networks));
        Assert.Null(Leases().Release(new Attachment("c1", "eth0")));
    }

    [Fact]
    public void A_file_that_has_another_container_by_now_is_left_alone()
    {
        Write("10.87.1.7", "c1\r\neth0");
        Add("new");
        Write("10.87.1.7", "other\r\neth0");
        Leases().Release(new Attachment("c1", "eth0"));
        Assert.Single(Directory.GetFiles(_networks));
    }

    [Fact]
    public void Records_from_before_the_boot_are_stale()
    {
        Write("10.87.1.2", "c1\r\neth0", beforeBoot: true);
        Write("10.87.1.3", "c2\r\neth0");
        Assert.Equal(1, Leases().Status().Stale);
        Assert.Equal("10.87.1.2", Add("new"));
        Assert.Equal(["10.87.1.3"], Directory.GetFiles(_networks).Select(Path.GetFileName));
    }

    [Fact]
    public void Records_that_cannot_be_used_are_reported_and_stay()
    {
        Write("10.87.1.7", "");
        Write("10.87.1.8", "../../etc\r\neth0");
        Write("010.87.1.9", "c1\r\neth0");
        Write("notes.txt", "c1\r\neth0");
        Write("last_reserved_ip.x", "10.87.1.50");
        string precious = Path.Combine(_data.Path, "precious");
        File.WriteAllText(precious, "c3\r\neth0");
        File.CreateSymbolicLink(Path.Combine(_networks, "10.87.1.10"), precious);
        NetworkLeases leases = Leases();
        Assert.Equal("10.87.1.2", leases.Acquire(StoreFixture.Request("new", null)).Addresses[0].Address.ToString());
        Assert.Equal("new", Assert.Single(Leases().Leases()).ContainerId);
        Assert.Equal(3, leases.Warnings.Count);
        Assert.Contains($"host-local record {_networks}/10.87.1.7 names no container; its address counts as free", leases.Warnings);
        Assert.Contains(leases.Warnings, warning => warning.Contains("ELOOP", StringComparison.Ordinal));
        Assert.Equal(6, Directory.GetFiles(_networks).Length);
    }

    [Fact]
    public void A_directory_shared_with_host_local_is_taken_over_as_well()
    {
        string shared = Directory.CreateDirectory(Path.Combine(_data.Path, "flatnet")).FullName;
        File.WriteAllText(Path.Combine(shared, "10.87.1.2"), "c1\r\neth0");
        Assert.Equal("10.87.1.3", Add("new"));
    }

    [Fact]
    public void Once_there_is_a_document_host_local_is_not_asked_again()
    {
        Add("first");
        Write("10.87.1.3", "c1\r\neth0");
        Assert.Equal("10.87.1.3", Add("second"));
    }

    [Fact]
    public void Garbage_collection_knows_records_without_interface()
    {
        Write("10.87.1.7", "c1");
        Write("10.87.1.8", "c2");
        IReadOnlyList<Lease> freed = Leases().CollectGarbage(new HashSet<Attachment> { new("c1", "eth0") });
        Assert.Equal("c2", Assert.Single(freed).ContainerId);
        Assert.Equal(["10.87.1.7"], Directory.GetFiles(_networks).Select(Path.GetFileName));
    }

    [Fact]
    public void What_the_kernel_shows_outranks_a_record()
    {
        Write("10.87.1.7", "old\r\neth0");
        _host.Live.Add(new Lease { ContainerId = "c1", InterfaceName = "eth0", Addresses = [System.Net.IPAddress.Parse("10.87.1.7")], ContainerName = "web" });
        Add("new");
        Assert.Equal("web", Leases().Find(new Attachment("c1", "eth0"))!.ContainerName);
        Assert.Null(Leases().Find(new Attachment("old", "eth0")));
    }

    [Fact]
    public void Content_of_any_bytes_is_survived()
    {
        var random = new Random(3);
        for (int i = 2; i < 200; i++)
        {
            byte[] bytes = new byte[random.Next(0, 200)];
            random.NextBytes(bytes);
            File.WriteAllBytes(Path.Combine(_networks, "10.87.1." + i), bytes);
        }

        File.WriteAllText(Path.Combine(_networks, "last_reserved_ip.0"), Encoding.UTF8.GetString([0xff, 0xfe]));
        Assert.Equal("10.87.1.2", Add("new"));
    }
}
