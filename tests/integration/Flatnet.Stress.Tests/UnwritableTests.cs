using System.Text.Json.Nodes;

namespace Flatnet.Stress.Tests;

/// <summary>Places that cannot be written: state, log, run-time directory.</summary>
public sealed class UnwritableTests : IDisposable
{
    private const string StateDirectory = "/var/lib/cni/flatnet";

    private static readonly JsonObject Network = StressHost.Network();

    private readonly StressHost _host = new(3);

    public void Dispose()
    {
        _host.Dispose();
    }

    [HostFact("cc", "nft")]
    public void A_full_disk_refuses_add_and_loses_nothing()
    {
        MountState();
        string first = _host.Attach(Network, "c1");
        string document = _host.Sandbox.Read(StressHost.StateFile);
        IReadOnlyList<string> traces = _host.Look().Traces;
        Fill();

        var error = ErrorObject.Of(_host.TryAttach(Network, "c2"));

        Assert.Equal(115, error.Code);
        error.AssertMentions(StateDirectory, "ENOSPC", "make room");
        Assert.Equal(document, _host.Sandbox.Read(StressHost.StateFile));
        Assert.Equal(traces, _host.Look("c2").Traces);
        Assert.Null(_host.KernelAddress("c2"));
        AssertNoRemains();

        MakeRoom();
        Assert.NotEqual(first, _host.Attach(Network, "c2"));
    }

    [HostFact("cc", "nft")]
    public void A_full_disk_refuses_the_first_add_of_a_network_and_leaves_nothing()
    {
        MountState();
        Fill();

        var error = ErrorObject.Of(_host.TryAttach(Network, "c1"));

        Assert.Equal(115, error.Code);
        error.AssertMentions(StateDirectory, "ENOSPC");
        Assert.Empty(_host.Look("c1").Traces);
        AssertNoRemains();
    }

    [HostFact("cc", "nft")]
    public void Del_on_a_full_disk_removes_the_interface_and_asks_to_be_repeated()
    {
        MountState();
        string address = _host.Attach(Network, "c1");
        Fill();

        // The lease cannot be ended without writing; an error makes the runtime try again, and until then nobody gets the address.
        var error = ErrorObject.Of(_host.TryDetach(Network, "c1"));

        Assert.Equal(115, error.Code);
        error.AssertMentions(StateDirectory, "ENOSPC");
        Assert.Empty(_host.Look("c1").Traces);
        Assert.Equal([address], _host.Look().Leased());

        MakeRoom();
        _host.Detach(Network, "c1");
        Assert.Empty(_host.Look().Leased());
    }

    [HostFact("cc", "nft")]
    public void A_lease_that_a_full_disk_kept_ends_with_its_container()
    {
        MountState();
        string address = _host.Attach(Network, "c1");
        Fill();
        ErrorObject.Of(_host.TryDetach(Network, "c1"));
        _host.RemoveContainers("c1");
        MakeRoom();

        Assert.Equal(address, _host.Attach(Network, "c2", address: address));
    }

    [HostFact("cc", "nft")]
    public void Del_of_a_stranger_needs_no_room_on_the_disk()
    {
        MountState();
        _host.Attach(Network, "c1");
        Fill();

        _host.Detach(Network, "c2");
    }

    [HostFact("cc", "nft")]
    public void Read_only_state_refuses_add_and_leaves_the_kernel_alone()
    {
        MountState();
        _host.Attach(Network, "c1");
        IReadOnlyList<string> traces = _host.Look().Traces;
        _host.Sandbox.Run("mount", "-o", "remount,ro", StateDirectory);

        var error = ErrorObject.Of(_host.TryAttach(Network, "c2"));

        Assert.Equal(115, error.Code);
        error.AssertMentions(StateDirectory, "EROFS", "read-only");
        Assert.Equal(traces, _host.Look().Traces);
        Assert.Null(_host.KernelAddress("c2"));

        error = ErrorObject.Of(_host.TryDetach(Network, "c1"));
        Assert.Equal(115, error.Code);
        Assert.Empty(_host.Look("c1").Traces);
        _host.Detach(Network, "c2");
    }

    [HostFact("cc")]
    public void A_log_that_cannot_be_written_fails_no_call()
    {
        _host.Sandbox.Run("mount", "-o", "remount,ro", "/var/log");

        string address = _host.Attach(Network, "c1");

        Assert.Equal(address, _host.KernelAddress("c1"));
        _host.Detach(Network, "c1");
        Assert.False(File.Exists(_host.Sandbox.Outside(StressHost.LogFile)));
    }

    [HostFact("cc")]
    public void A_full_disk_under_the_log_fails_no_call()
    {
        _host.Sandbox.Shell("mount -t tmpfs -o size=64k tmpfs /var/log; mkdir /var/log/flatnet; head -c 1M /dev/zero > /var/log/filler || true");

        string address = _host.Attach(Network, "c1");

        Assert.Equal(address, _host.KernelAddress("c1"));
        _host.Detach(Network, "c1");
    }

    [HostFact("cc", "nft")]
    public void Without_a_writable_run_directory_add_works_and_warns()
    {
        _host.Sandbox.Run("mount", "-o", "remount,ro", "/run");

        CommandResult result = _host.TryAttach(Network, "c1").ExpectSuccess();

        Assert.Contains("cannot lock /run/flatnet/", result.Error, StringComparison.Ordinal);
        Assert.Contains("EROFS", result.Error, StringComparison.Ordinal);
        Assert.Contains("cannot lock /run/flatnet/", _host.Sandbox.Read(StressHost.LogFile), StringComparison.Ordinal);
        Assert.Equal(StressHost.AddressIn(result.Output), _host.KernelAddress("c1"));
        _host.TryDetach(Network, "c1").ExpectSuccess();
        Assert.Null(_host.KernelAddress("c1"));
    }

    private void MountState()
    {
        _host.Sandbox.Shell($"mkdir -p {StateDirectory}; mount -t tmpfs -o size=64k tmpfs {StateDirectory}");
    }

    private void Fill()
    {
        _host.Sandbox.Shell($"head -c 1M /dev/zero > {StateDirectory}/filler || true");
    }

    private void MakeRoom()
    {
        _host.Sandbox.Run("rm", $"{StateDirectory}/filler");
    }

    private void AssertNoRemains()
    {
        Assert.False(File.Exists(_host.Sandbox.Outside($"{StressHost.StateFile}.tmp")));
    }
}
