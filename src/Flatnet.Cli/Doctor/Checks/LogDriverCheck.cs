using System.Collections.Concurrent;
using System.Collections.Immutable;
using Flatnet.Podman;

namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Whether every running container's log is kept where it can be read.</summary>
internal sealed class LogDriverCheck : ICheck
{
    private const int AtOnce = 8;

    public string Category => "Logs";

    public string Name => "Log drivers";

    public async Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation)
    {
        try
        {
            IContainerEngine engine = await context.EngineAsync(cancellation);
            ImmutableArray<Container> running = await context.RunningAsync(cancellation);
            string events = (await context.InfoAsync(cancellation)).EventLogger;
            return Judge(await DriversAsync(engine, running, cancellation), events);
        }
        catch (EngineException error)
        {
            return CheckResult.Pass($"not checked: {error.Message}");
        }
    }

    private static async Task<ImmutableArray<(string Name, string Driver)>> DriversAsync(
        IContainerEngine engine, ImmutableArray<Container> running, CancellationToken cancellation)
    {
        var drivers = new ConcurrentBag<(string Name, string Driver)>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(running, options, async (container, token) =>
        {
            // It may have ended in between.
            if (await engine.InspectAsync(container.Id, token) is { } details)
            {
                drivers.Add((container.Names.FirstOrDefault(container.Id), details.LogDriver));
            }
        });
        return [.. drivers.OrderBy(driver => driver.Name, StringComparer.Ordinal)];
    }

    private static CheckResult Judge(ImmutableArray<(string Name, string Driver)> drivers, string events)
    {
        string[] silent = [.. drivers.Where(driver => driver.Driver is "none" or "passthrough").Select(driver => $"{driver.Name} ({driver.Driver})")];
        if (silent.Length > 0)
        {
            return CheckResult.Warning(
                $"no log is kept of: {string.Join(", ", silent)}", "Make the container anew with a log: podman run --log-driver k8s-file ...");
        }

        string[] journald = [.. drivers.Where(driver => driver.Driver == "journald").Select(driver => driver.Name)];
        return journald.Length > 0 && events != "journald"
            ? CheckResult.Warning(
                $"{string.Join(", ", journald)}: the log is in the journal but Podman's events are in \"{events}\", so that following it does not notice the end of a container",
                "Write events_logger = \"journald\" under [engine] in /etc/containers/containers.conf")
            : CheckResult.Pass($"the logs of {drivers.Length} running containers can be read");
    }
}
