using System.Globalization;
using Flatnet.Command.Tests.Harness;

namespace Flatnet.Command.Tests.Logs.Cli;

/// <summary>Whatever happens meanwhile, <c>flatnet logs --follow</c> shows each line exactly once, in order.</summary>
public sealed class NumberedLinesTests(PodmanService podman) : IClassFixture<PodmanService>
{
    [HostFact]
    public void A_log_that_is_replaced_a_hundred_times_while_the_service_restarts()
    {
        // A burst is shorter than a file of some 1,760 lines, and a pause follows: no file begins and ends in one burst. One that is
        // replaced before anybody opens it is lost to all readers: without pauses, at 120,000 lines a second, a few in a hundred are gone.
        Numbered("replaced", ["--log-opt", "max-size=90kb"], count: 200_001, burst: 1250, pause: "0.1");
        using RunningProgram logs = FlatnetProgram.Start(podman.SocketEnvironment, "logs", "replaced", "-f", "--tail", "all");
        Open("replaced", logs);
        RestartWhileRunning("replaced", logs);

        ExpectNumbers(200_001, logs.WaitForExit());
        Assert.InRange(new FileInfo(podman.Run("inspect", "--format", "{{.HostConfig.LogConfig.Path}}", "replaced")).Length, 0, 100_000);
        podman.Remove("replaced");
    }

    [HostFact]
    public void A_log_that_only_the_command_can_read()
    {
        Directory.CreateDirectory(podman.Outside("/var/lib/logs"));
        Numbered("commanded", ["--log-opt", "path=/var/lib/logs/commanded"], count: 20_001, burst: 1000, pause: "0.1");
        using RunningProgram logs = FlatnetProgram.Start(podman.CommandEnvironment, "logs", "commanded", "-f", "--tail", "all");
        Open("commanded", logs);

        ExpectNumbers(20_001, logs.WaitForExit());
        podman.Remove("commanded");
    }

    [HostFact]
    public void A_log_over_the_socket_while_the_service_restarts()
    {
        Directory.CreateDirectory(podman.Outside("/var/lib/logs"));
        Numbered("served", ["--log-opt", "path=/var/lib/logs/served"], count: 20_001, burst: 200, pause: "0.1");
        Dictionary<string, string> environment = new(podman.SocketEnvironment) { ["PATH"] = "/nonexistent" };
        using RunningProgram logs = FlatnetProgram.Start(environment, "logs", "served", "-f", "--tail", "all");
        Open("served", logs);
        int restarts = RestartWhileRunning("served", logs);

        CommandResult result = logs.WaitForExit();
        ExpectNumbers(20_001, result);
        Assert.InRange(restarts, 1, 100);
        Assert.Contains("reconnecting…\n", result.Error, StringComparison.Ordinal);
        podman.Remove("served");
    }

    // It writes nothing but a first line until the gate is opened: what a full log drops before anybody reads it is gone.
    private void Numbered(string name, string[] options, int count, int burst, string pause)
    {
        Directory.CreateDirectory(podman.Outside("/var/lib/gates"));
        string script = string.Create(
            CultureInfo.InvariantCulture,
            $"echo 0; while [ ! -e /gates/{name} ]; do sleep 0.05; done; i=1; while [ $i -lt {count} ]; do seq $i $((i+{burst}-1)); i=$((i+{burst})); sleep {pause}; done; true");
        podman.Start(name, [.. options, "--volume", "/var/lib/gates:/gates"], "sh", "-c", script);
    }

    private void Open(string name, RunningProgram logs)
    {
        logs.WaitForOutput("0\n");
        File.WriteAllText(podman.Outside($"/var/lib/gates/{name}"), "");
    }

    private int RestartWhileRunning(string name, RunningProgram logs)
    {
        int restarts = 0;
        while (!logs.HasExited && podman.Run("ps", "--quiet", "--filter", $"name={name}").Length > 0)
        {
            podman.RestartService();
            restarts++;
            Thread.Sleep(1000);
        }

        return restarts;
    }

    private static void ExpectNumbers(int count, CommandResult result)
    {
        result.ExpectSuccess();
        int expected = 0;
        foreach (string line in result.Text.Split('\n'))
        {
            if (line != expected.ToString(CultureInfo.InvariantCulture))
            {
                Assert.Fail($"line {expected} was expected, '{line}' was shown; notes:\n{result.Error}");
            }

            expected++;
        }

        Assert.Equal(count, expected);
    }
}
