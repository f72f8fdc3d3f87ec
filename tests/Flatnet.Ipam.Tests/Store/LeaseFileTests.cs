namespace Flatnet.Ipam.Tests;

public sealed class LeaseFileTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();

    public void Dispose() => _data.Dispose();

    private string Write(string name, string content)
    {
        string path = Path.Combine(_data.Path, name);
        File.WriteAllText(path, content);
        return path;
    }

    [Fact]
    public void What_the_plugin_wrote_is_read_and_nothing_is_made()
    {
        var leases = new NetworkLeases(Configurations.Subnet("10.87.1.0/24"), new DiskLeaseStore(_data.Path, "flatnet"), new FakeHost(), new FakeTime());
        leases.Acquire(StoreFixture.Request("c1", "web"));
        string directory = Path.Combine(_data.Path, "flatnet");
        string[] before = Directory.GetFileSystemEntries(directory);

        Lease lease = Assert.Single(LeaseFile.Read(Path.Combine(directory, "ipam.json"))!);

        Assert.Equal(("c1", "web"), (lease.ContainerId, lease.ContainerName));
        Assert.Equal(before, Directory.GetFileSystemEntries(directory));
    }

    [Theory]
    [InlineData("ipam.json")]
    [InlineData("missing/ipam.json")]
    public void Without_a_file_there_is_nothing(string name)
    {
        Assert.Null(LeaseFile.Read(Path.Combine(_data.Path, name)));
        Assert.Empty(Directory.GetFileSystemEntries(_data.Path));
    }

    [Fact]
    public void Allocations_of_the_first_flatnet_are_read()
    {
        string path = Write("allocations.json", """{"subnet":"10.87.1.0/24","host_id":1,"multihost":false,"allocations":{"c1":"10.87.1.2","c2":"bad","":"10.87.1.3","c4":4}}""");

        Lease lease = Assert.Single(LeaseFile.Read(path)!);

        Assert.Equal(("c1", "10.87.1.2"), (lease.ContainerId, lease.Addresses[0].ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"allocations\":[]}")]
    [InlineData("{\"version\":1,\"leases\":[{]}")]
    [InlineData("{\"version\":2}")]
    public void What_is_no_document_is_refused_and_kept(string content)
    {
        string path = Write("ipam.json", content);

        IpamException error = Assert.Throws<IpamException>(() => LeaseFile.Read(path));

        Assert.Equal(IpamFailure.StateUnreadable, error.Failure);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(path));
    }

    [Fact]
    public void Records_of_host_local_are_read()
    {
        Write("10.87.1.7", "c1\r\neth0");
        Write("10.87.1.8", "c2");
        Write("10.87.1.9", "");
        Write("lock", "");
        Write("last_reserved_ip.0", "10.87.1.8");
        List<string> warnings = [];

        IReadOnlyList<Lease>? leases = LeaseFile.ReadHostLocal(_data.Path, warnings);

        Assert.Equal(["c1 10.87.1.7", "c2 10.87.1.8"], leases!.Select(lease => $"{lease.ContainerId} {lease.Addresses[0]}").Order());
        Assert.Contains("10.87.1.9 names no container", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Null(LeaseFile.ReadHostLocal(_data.Path + "/none", warnings));
    }
}
