using Flatnet.EndToEnd.Tests.Harness;

namespace Flatnet.EndToEnd.Tests;

public sealed class HarnessTests
{
    [HostFact]
    public void A_sandbox_is_gone_after_use_with_all_that_ran_in_it()
    {
        string mark = Guid.NewGuid().ToString();
        int init;
        using (Sandbox sandbox = new())
        {
            sandbox.Start("sleep", "1000");
            sandbox.AddNode("left-behind");
            sandbox.Write($"/tmp/{mark}", "x");
            init = int.Parse(sandbox.Outside("").Split('/')[2], System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(Directory.Exists($"/proc/{init}"));
        }

        Assert.False(Directory.Exists($"/proc/{init}"));
        Assert.False(File.Exists($"/tmp/{mark}"));
        Assert.False(File.Exists("/run/netns/left-behind"));
    }

    [HostFact]
    public void A_failed_command_shows_what_it_printed()
    {
        CommandFailedException failure = Assert.Throws<CommandFailedException>(
            () => Command.Run(["sh", "-c", "echo some output; echo the reason >&2; exit 3"]).ExpectSuccess());

        Assert.Contains("got 3", failure.Message, StringComparison.Ordinal);
        Assert.Contains("some output", failure.Message, StringComparison.Ordinal);
        Assert.Contains("the reason", failure.Message, StringComparison.Ordinal);
    }

    [HostFact]
    public void A_command_that_hangs_is_ended()
    {
        CommandFailedException failure = Assert.Throws<CommandFailedException>(
            () => Command.Run(["sleep", "1000"], limit: TimeSpan.FromMilliseconds(200)));

        Assert.Contains("not finished after", failure.Message, StringComparison.Ordinal);
    }

    [HostFact]
    public void Outside_computer_and_sandbox_reach_each_other()
    {
        using Sandbox sandbox = new();
        using Uplink uplink = new(sandbox);

        Assert.Equal(Uplink.HostAddress, Traffic.From(sandbox).AddressSeenBy(Uplink.OutsideAddress));
        Assert.Equal(Uplink.HostAddressV6, Traffic.From(sandbox).AddressSeenBy(Uplink.OutsideAddressV6));
        Assert.False(Traffic.From(uplink.Outside).Pings("10.87.1.1"));
    }
}
