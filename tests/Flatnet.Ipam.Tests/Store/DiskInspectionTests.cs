using System.Net;
using System.Runtime.Versioning;

namespace Flatnet.Ipam.Tests;

/// <summary>What is told about a document on disk, and that telling leaves it alone.</summary>
[SupportedOSPlatform("linux")]
public sealed class DiskInspectionTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeHost _host = new();

    private string File => _directory.Path + "/flatnet/ipam.json";

    public void Dispose() => _directory.Dispose();

    private NetworkLeases Leases() =>
        NetworkLeases.OnDisk(Configurations.Subnet("10.87.1.0/24") with { DataDirectory = _directory.Path }, _host);

    private void Write(string json)
    {
        Directory.CreateDirectory(_directory.Path + "/flatnet");
        System.IO.File.WriteAllText(File, json);
    }

    [Fact]
    public void Unknown_fields_are_named_once_wherever_they_are()
    {
        Write("""
            {"version":1,"network":"flatnet","boot":"boot-1","note":{"ip":1},
            "leases":[{"ip":["10.87.1.2"],"id":"c1","rack":7},{"ip":["10.87.1.3"],"id":"c2","rack":8}],
            "reservations":[{"name":"web","ip":["10.87.1.2"],"why":"asked"}]}
            """);
        Assert.Equal<string>(["note", "leases.rack", "reservations.why"], Leases().Snapshot().UnknownFields);
    }

    [Fact]
    public void A_broken_document_is_told_and_left_alone()
    {
        Write("{\"version\":1,");
        _host.Live.Add(new Lease { ContainerId = "c1", InterfaceName = "eth0", Addresses = [IPAddress.Parse("10.87.1.2")] });
        LeaseSnapshot snapshot = Leases().Snapshot();
        Assert.NotEmpty(snapshot.Trouble!);
        Assert.Equal("c1", Assert.Single(snapshot.Leases).ContainerId);
        Assert.Empty(Leases().EndStale(pretend: true));
        Assert.Equal("{\"version\":1,", System.IO.File.ReadAllText(File));
        Assert.Single(Directory.GetFiles(_directory.Path + "/flatnet"));
    }

    [Fact]
    public void Ending_stale_leases_replaces_a_broken_document_and_keeps_it_aside()
    {
        Write("{\"version\":1,");
        Assert.Empty(Leases().EndStale());
        Assert.Null(Leases().Snapshot().Trouble);
        string kept = Assert.Single(Directory.GetFiles(_directory.Path + "/flatnet", "*.broken-*"));
        Assert.Equal("{\"version\":1,", System.IO.File.ReadAllText(kept));
    }

    [Fact]
    public void Ending_stale_leases_creates_nothing_where_nothing_is()
    {
        Assert.Empty(Leases().EndStale());
        Assert.Empty(Directory.GetFileSystemEntries(_directory.Path));
    }

    [Fact]
    public void A_document_of_any_name_has_its_own_lock()
    {
        string file = _directory.Path + "/copy.json";
        var leases = NetworkLeases.AtFile(Configurations.Subnet("10.87.1.0/24"), file, _host);
        leases.Reserve("web", IPAddress.Parse("10.87.1.9"));
        Assert.Equal([file, file + ".lock"], Directory.GetFiles(_directory.Path).Order());
        Assert.Equal(file, leases.Snapshot().Location);
        Assert.Equal("web", Assert.Single(leases.Reservations()).Name);
        Assert.Throws<ArgumentException>(() => NetworkLeases.AtFile(Configurations.Subnet("10.87.1.0/24"), "copy.json", _host));
    }

    [Fact]
    public void A_file_tells_its_mode_and_owner()
    {
        Write("{}");
        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        FileProtection protection = FileProtection.Of(File)!;
        Assert.Equal("440", Convert.ToString(protection.Mode, 8));
        Assert.Equal(Environment.IsPrivilegedProcess, protection.OwnerId == 0);
        Assert.Null(FileProtection.Of(File + "x"));
    }

    [Theory]
    [InlineData(13, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void An_error_tells_whether_permission_was_lacking(int errno, bool isDenied)
    {
        Assert.Equal(isDenied, StoreErrors.Unreadable("open", "/x", errno).IsPermissionDenied);
        Assert.Equal(isDenied, StoreErrors.Unwritable("open", "/x", errno).IsPermissionDenied);
    }
}
