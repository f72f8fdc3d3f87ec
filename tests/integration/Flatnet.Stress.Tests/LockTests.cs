using System.Text.Json.Nodes;

namespace Flatnet.Stress.Tests;

/// <summary>Somebody else holds the lock of the state.</summary>
public sealed class LockTests : IDisposable
{
    private const string LockFile = "/var/lib/cni/flatnet/ipam.lock";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly StressHost _host = new(2);

    public void Dispose()
    {
        _host.Dispose();
    }

    [HostFact("cc", "flock", "nft")]
    public void Held_too_long_it_means_try_again_later()
    {
        JsonObject network = WithLockTimeout(300);
        _host.Attach(network, "c1");
        IReadOnlyList<string> traces = _host.Look().Traces;
        using (Hold())
        {
            var error = ErrorObject.Of(_host.TryAttach(network, "c2"));

            Assert.Equal(11, error.Code);
            error.AssertMentions(LockFile, "300 ms");
            Assert.Equal(traces, _host.Look().Traces);
            Assert.Equal(11, ErrorObject.Of(_host.TryDetach(network, "c1")).Code);
            Assert.Null(_host.KernelAddress("c1"));
        }

        _host.Detach(network, "c1");
        Assert.Empty(_host.Look().Leased());
    }

    [HostFact("cc", "flock")]
    public void Released_in_time_it_only_delays()
    {
        JsonObject network = WithLockTimeout((int)Patience.TotalMilliseconds);
        _host.Attach(network, "c1");
        Task<string> waiting;
        using (Hold())
        {
            waiting = Task.Run(() => _host.Attach(network, "c2"));
            Eventually.True(() => _host.Sandbox.Try(["pgrep", "-x", "flatnet"]).ExitCode == 0, "the plugin runs");
            Assert.False(waiting.Wait(TimeSpan.FromMilliseconds(200)), "ADD did not wait for the lock");
        }

        Assert.True(waiting.Wait(Patience), "ADD waits although the lock is free");
        Assert.Equal(waiting.Result, _host.KernelAddress("c2"));
    }

    [HostFact("cc", "flock")]
    public void Looking_needs_no_lock()
    {
        JsonObject network = WithLockTimeout(0);
        CommandResult added = _host.TryAttach(network, "c1").ExpectSuccess();
        using Background holder = Hold();
        JsonObject check = network.DeepClone().AsObject();
        check["prevResult"] = JsonNode.Parse(added.Output);

        StressHost.Call("CHECK", check, "c1").Run(_host.Sandbox).ExpectSuccess();
        _host.Detach(network, "c2");
    }

    private static JsonObject WithLockTimeout(int milliseconds)
    {
        JsonObject network = StressHost.Network();
        network["ipam"]!["lockTimeout"] = milliseconds;
        return network;
    }

    private Background Hold()
    {
        Background holder = _host.Sandbox.Start("flock", LockFile, "cat");
        Assert.Equal("held", holder.Exchange("held", Patience));
        return holder;
    }
}
