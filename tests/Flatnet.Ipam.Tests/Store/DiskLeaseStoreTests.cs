using System.Net;
using System.Runtime.Versioning;
using System.Text;

namespace Flatnet.Ipam.Tests;

[SupportedOSPlatform("linux")]
public sealed class DiskLeaseStoreTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _data = new();
    private readonly FakeHost _host = new();
    private readonly FakeTime _time = new();

    private string Network => Path.Combine(_data.Path, "flatnet");

    private string Document => Path.Combine(Network, "ipam.json");

    public void Dispose() => _data.Dispose();

    private NetworkLeases Leases(string? data = null) =>
        new(Configurations.Subnet("10.87.1.0/24"), new DiskLeaseStore(data ?? _data.Path, "flatnet", _time), _host, _time);

    private string Add(string container, string? name = null) =>
        Leases().Acquire(StoreFixture.Request(container, name)).Addresses[0].Address.ToString();

    [Fact]
    public void State_is_for_its_owner_alone()
    {
        Add("c1");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Network));
        foreach (string file in new[] { "ipam.json", "ipam.lock" })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Network, file)));
        }

        Assert.Equal(["ipam.json", "ipam.lock"], Directory.GetFiles(Network).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void The_boot_is_written_once_not_with_every_lease()
    {
        Add("c1");
        _host.BootId = "boot-2";
        Add("c2");
        Add("c3");
        Assert.Equal(2, File.ReadAllText(Document).Split("boot-2").Length);
        Assert.All(Leases().Leases(), lease => Assert.Equal("boot-2", lease.BootId));
    }

    [Fact]
    public void Looking_creates_nothing()
    {
        NetworkLeases leases = Leases();
        Assert.Null(leases.Find(new Attachment("c1", "eth0")));
        Assert.Null(leases.Release(new Attachment("c1", "eth0")));
        Assert.Empty(leases.CollectGarbage(new HashSet<Attachment>()));
        Assert.True(leases.Status().CanAllocate);
        Assert.Empty(Directory.GetFileSystemEntries(_data.Path));
    }

    [Fact]
    public void Missing_parent_directories_are_made()
    {
        string deep = Path.Combine(_data.Path, "a", "b");
        Leases(deep).Acquire(StoreFixture.Request("c1", null));
        Assert.True(File.Exists(Path.Combine(deep, "flatnet", "ipam.json")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("garbage")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"version\":\"1\"}")]
    [InlineData("{\"version\":0}")]
    [InlineData("{\"version\":1,\"leases\":[{\"ip\":[\"10.87.1.300\"],\"id\":\"x\"}]}")]
    [InlineData("{\"version\":1,\"leases\":{}}")]
    [InlineData("{\"version\":1}x")]
    [InlineData("{\"version\":1,\"leases\":[{\"ip\":[\"10.87.1.3\"],\"id\":\"\\ud800\"}]}")]
    public void A_document_that_does_not_parse_is_kept_aside_and_rebuilt(string content)
    {
        Directory.CreateDirectory(Network);
        File.WriteAllText(Document, content);
        _host.Live.Add(new Lease { ContainerId = "live", InterfaceName = "eth0", Addresses = [IPAddress.Parse("10.87.1.2")] });
        NetworkLeases leases = Leases();
        Assert.Equal("10.87.1.3", leases.Acquire(StoreFixture.Request("c1", null)).Addresses[0].Address.ToString());
        string aside = Assert.Single(Directory.GetFiles(Network, "ipam.json.broken-*"));
        Assert.Equal(content, File.ReadAllText(aside));
        Assert.Contains("does not parse", Assert.Single(leases.Warnings), StringComparison.Ordinal);
        Assert.Equal(["live", "c1"], Leases().Leases().Select(lease => lease.ContainerId));
    }

    [Fact]
    public void Every_broken_document_gets_a_name_of_its_own()
    {
        var stopped = new StoppedTime();
        for (int i = 0; i < 3; i++)
        {
            Directory.CreateDirectory(Network);
            File.WriteAllText(Document, "broken " + i);
            new NetworkLeases(Configurations.Subnet("10.87.1.0/24"), new DiskLeaseStore(_data.Path, "flatnet", stopped), _host)
                .Acquire(StoreFixture.Request("c" + i, null));
        }

        string[] kept = Directory.GetFiles(Network, "ipam.json.broken-20260301T000000Z*");
        Assert.Equal(["broken 0", "broken 1", "broken 2"], kept.Select(File.ReadAllText).Order());
    }

    [Fact]
    public void Looking_at_a_broken_document_leaves_it_where_it_is()
    {
        Directory.CreateDirectory(Network);
        File.WriteAllText(Document, "{");
        Assert.Equal(0, Leases().Status().Stale);
        Assert.Empty(Leases().Leases());
        Assert.Equal([Document], Directory.GetFiles(Network));
    }

    [Theory]
    [InlineData("2")]
    [InlineData("2.1")]
    [InlineData("17")]
    public void A_newer_document_is_refused_and_stays(string version)
    {
        Directory.CreateDirectory(Network);
        string content = "{\"leases\":\"in a shape of the future\",\"version\":" + version + "}";
        File.WriteAllText(Document, content);
        IpamException error = Assert.Throws<IpamException>(() => Add("c1"));
        Assert.Equal(IpamFailure.StateUnreadable, error.Failure);
        Assert.Equal($"state file {Document} has format version {version}, this flatnet knows version 1", error.Message);
        Assert.Contains("newer flatnet", error.Details, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(Document));
    }

    [Fact]
    public void Unknown_fields_survive_at_every_level()
    {
        Directory.CreateDirectory(Network);
        File.WriteAllText(
            Document,
            """
            { "x-top": {"a":[1,"ü",null]}, "version": 1.5, "leases": [
              {"id":"c1","if":"eth0","x-lease":[{}],"ip":["10.87.1.2"],"boot":"boot-1","name":"web"} ],
              "reservations": [ {"used":5,"x-res":"\u00e9","name":"web","ip":["10.87.1.2"]} ], "x-last": 1e3 }
            """);
        Assert.Equal("10.87.1.3", Add("c2"));
        Leases().Release(new Attachment("c1", "eth0"));
        Assert.Equal("10.87.1.2", Add("c3", "web"));
        string text = File.ReadAllText(Document);
        Assert.Contains("\"x-top\": {\"a\":[1,\"ü\",null]}", text, StringComparison.Ordinal);
        Assert.Contains("\"x-last\": 1e3", text, StringComparison.Ordinal);
        Assert.Contains("\"x-res\":\"\\u00e9\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("x-lease", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_fields_of_a_lease_survive_as_long_as_it_does()
    {
        Directory.CreateDirectory(Network);
        File.WriteAllText(Document, """{"version":1,"leases":[{"id":"c1","if":"eth0","x-lease":[{}],"ip":["10.87.1.2"],"boot":"boot-1"}]}""");
        Add("c2");
        Add("c3");
        Assert.Contains("{\"id\":\"c1\",\"if\":\"eth0\",\"x-lease\":[{}],\"ip\":[\"10.87.1.2\"],\"boot\":\"boot-1\"}", File.ReadAllText(Document), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ipam.json", IpamFailure.StateUnreadable)]
    [InlineData("ipam.lock", IpamFailure.StateUnwritable)]
    [InlineData("ipam.json.tmp", IpamFailure.StateUnwritable)]
    public void Symbolic_links_are_not_followed(string name, IpamFailure failure)
    {
        Directory.CreateDirectory(Network);
        string target = Path.Combine(_data.Path, "target");
        File.WriteAllText(target, "precious");
        File.CreateSymbolicLink(Path.Combine(Network, name), target);
        IpamException error = Assert.Throws<IpamException>(() => Add("c1"));
        Assert.Equal(failure, error.Failure);
        Assert.Contains("ELOOP", error.Message, StringComparison.Ordinal);
        Assert.Contains("symbolic link", error.Details, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(target));
    }

    [Fact]
    public void A_network_directory_that_is_a_link_is_refused()
    {
        Directory.CreateSymbolicLink(Network, Directory.CreateDirectory(Path.Combine(_data.Path, "elsewhere")).FullName);
        IpamException error = Assert.Throws<IpamException>(() => Add("c1"));
        Assert.Equal(IpamFailure.StateUnreadable, error.Failure);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_data.Path, "elsewhere")));
    }

    [Fact]
    public void A_directory_in_the_documents_place_is_refused()
    {
        Directory.CreateDirectory(Document);
        Assert.Equal(IpamFailure.StateUnreadable, Assert.Throws<IpamException>(() => Add("c1")).Failure);
    }

    [Fact]
    public void A_left_over_temporary_file_does_no_harm()
    {
        Directory.CreateDirectory(Network);
        File.WriteAllText(Document + ".tmp", new string('x', 100_000));
        Add("c1");
        Assert.Equal("c1", Assert.Single(Leases().Leases()).ContainerId);
        Assert.False(File.Exists(Document + ".tmp"));
    }

    [Fact]
    public void The_lock_has_a_time_limit()
    {
        var store = new DiskLeaseStore(_data.Path, "flatnet");
        using ILeaseTransaction held = store.Begin(Long);
        IpamException error = Assert.Throws<IpamException>(() => store.Begin(TimeSpan.FromMilliseconds(20)));
        Assert.Equal(IpamFailure.LockTimeout, error.Failure);
        Assert.Equal($"lock {Network}/ipam.lock is held by another process for more than 20 ms", error.Message);
        Assert.Empty(Leases().Leases());
    }

    [Fact]
    public void The_lock_is_free_again_after_a_failure()
    {
        var store = new DiskLeaseStore(_data.Path, "flatnet");
        Directory.CreateDirectory(Network);
        File.WriteAllText(Document, "{\"version\":2}");
        Assert.Equal(IpamFailure.StateUnreadable, Assert.Throws<IpamException>(() => Add("c1")).Failure);
        using ILeaseTransaction free = store.Begin(TimeSpan.Zero);
        Assert.NotNull(free);
    }

    [Fact]
    public void Sixteen_threads_never_get_the_same_address()
    {
        var addresses = new System.Collections.Concurrent.ConcurrentBag<string>();
        var failures = new System.Collections.Concurrent.ConcurrentBag<Exception>();
        Thread[] threads = [.. Enumerable.Range(0, 16).Select(thread => new Thread(() =>
        {
            try
            {
                for (int i = 0; i < 12; i++)
                {
                    var leases = new NetworkLeases(
                        Configurations.Subnet("10.87.1.0/24") with { LockTimeout = Long },
                        new DiskLeaseStore(_data.Path, "flatnet"),
                        new FakeHost());
                    string container = $"c{thread}-{i}";
                    addresses.Add(leases.Acquire(StoreFixture.Request(container, container)).Addresses[0].Address.ToString());
                }
            }
            catch (Exception e)
            {
                failures.Add(e);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Empty(failures);
        Assert.Equal(16 * 12, addresses.Distinct().Count());
        Assert.Equal(addresses.Order(), Leases().Leases().Select(lease => lease.Addresses[0].ToString()).Order());
    }

    [Fact]
    public void A_full_disk_is_named_and_the_old_document_stays() => PrivateMounts.OverTmpfs("size=64k", path =>
    {
        NetworkLeases leases = Leases(path);
        leases.Acquire(StoreFixture.Request("c1", "web"));
        string document = Path.Combine(path, "flatnet", "ipam.json");
        string before = File.ReadAllText(document);
        FillUp(Path.Combine(path, "filler"));

        IpamException error = Assert.Throws<IpamException>(() => leases.Acquire(StoreFixture.Request("c2", null)));
        Assert.Equal(IpamFailure.StateUnwritable, error.Failure);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("No space left on device (ENOSPC)", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(document));
        Assert.False(File.Exists(document + ".tmp"));

        File.Delete(Path.Combine(path, "filler"));
        leases.Acquire(StoreFixture.Request("c2", null));
        Assert.Equal(["c1", "c2"], leases.Leases().Select(lease => lease.ContainerId));
    });

    [Fact]
    public void A_disk_that_fills_up_in_the_middle_of_a_document_changes_nothing() => PrivateMounts.OverTmpfs("size=64k", path =>
    {
        NetworkLeases leases = Leases(path);
        IpamException? error = null;
        int added = 0;
        for (; error is null; added++)
        {
            try
            {
                leases.Acquire(StoreFixture.Request("container-with-a-long-name-" + added, "name-" + added));
            }
            catch (IpamException e)
            {
                error = e;
            }
        }

        Assert.Equal(IpamFailure.StateUnwritable, error.Failure);
        Assert.InRange(added, 20, 253);
        Assert.Equal(added - 1, leases.Leases().Count);
    });

    [Fact]
    public void A_read_only_file_system_is_named_and_what_needs_no_writing_still_works() => PrivateMounts.OverTmpfs("size=64k", path =>
    {
        NetworkLeases leases = Leases(path);
        leases.Acquire(StoreFixture.Request("c1", "web"));
        PrivateMounts.MakeReadOnly(path);
        IpamException error = Assert.Throws<IpamException>(() => leases.Acquire(StoreFixture.Request("c2", null)));
        Assert.Equal(IpamFailure.StateUnwritable, error.Failure);
        Assert.Contains("EROFS", error.Message, StringComparison.Ordinal);
        Assert.Equal("c1", leases.Check(new Attachment("c1", "eth0")).ContainerId);
        Assert.Null(leases.Release(new Attachment("c9", "eth0")));
        Assert.Equal(1, leases.Status().Sets[0].Used);
    });

    [Fact]
    public void Names_that_are_no_names_never_become_paths()
    {
        foreach (string name in new[] { "", ".", "..", "a/b", "-a", "a\0", "ä", new string('a', 256) })
        {
            Assert.Throws<ArgumentException>(() => new DiskLeaseStore(_data.Path, name));
        }
    }

    private static void FillUp(string path)
    {
        using FileStream file = File.Create(path);
        byte[] page = Encoding.ASCII.GetBytes(new string('x', 4096));
        try
        {
            while (true)
            {
                file.Write(page);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // Full, as intended.
        }
    }

    private sealed class StoppedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
