using System.Globalization;
using Flatnet.Agent.Configuration;
using Flatnet.Agent.Transport;
using Flatnet.Agent.Transport.Socket;

namespace Flatnet.Agent.Health;

/// <summary>What the agent depends on, looked at one by one.</summary>
internal sealed class HealthChecks(AgentOptions options, ServerLink server, TimeProvider time)
{
    /// <summary>A task of this name need not be there: that the server says so is an answer.</summary>
    private const string AnyTask = "health-check";

    private const long LeastFreeDisk = 100L << 20;
    private const double MostMemory = 0.9;

    public Task<HealthCheck> ApiAsync(CancellationToken cancellation) => ServerAsync(options.Api.Url, async () =>
    {
        await server.Api.CheckHealthAsync(cancellation).ConfigureAwait(false);
        return "answers";
    });

    public Task<HealthCheck> SocketAsync(CancellationToken cancellation) => ServerAsync(options.Socket.Url, async () =>
    {
        try
        {
            using SocketLink link = await server.ConnectAsync(options.Task.Id ?? AnyTask, cancellation).ConfigureAwait(false);
            await link.CloseAsync(time).ConfigureAwait(false);
            return "connects";
        }
        catch (ServerException error) when (error.Refusal == Refusal.NotFound && options.Task.Id is null)
        {
            return "answers";
        }
    });

    /// <summary>The spool's file system has room, and we may write there.</summary>
    public HealthCheck Disk()
    {
        string directory = options.Spool.Directory;
        try
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            string probe = Path.Join(directory, $".health.{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            long free = new DriveInfo(directory).AvailableFreeSpace;
            string message = string.Create(CultureInfo.InvariantCulture, $"{free >> 20} MiB free for {directory}");
            return free >= LeastFreeDisk ? new HealthCheck(true, message)
                : new HealthCheck(false, message, Error: $"less than {LeastFreeDisk >> 20} MiB: tasks may soon have to wait; make room or set {AgentKeys.SpoolDirectory}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new HealthCheck(false, directory, Error: $"{error.Message} Set {AgentKeys.SpoolDirectory} to a directory that can be written");
        }
    }

    /// <summary>The machine, or the container, has memory left.</summary>
    public static HealthCheck Memory()
    {
        // The runtime knows a container's limit, and looks at the load when it collects.
        GC.Collect(0);
        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        long available = Math.Max(1, memory.TotalAvailableMemoryBytes);
        double used = memory.MemoryLoadBytes / (double)available;
        string message = string.Create(CultureInfo.InvariantCulture, $"{used:P0} of {available >> 20} MiB used, {Environment.WorkingSet >> 20} MiB by the agent");
        return used <= MostMemory ? new HealthCheck(true, message) : new HealthCheck(false, message, Error: $"more than {MostMemory:P0}");
    }

    private async Task<HealthCheck> ServerAsync(Uri address, Func<Task<string>> look)
    {
        long began = time.GetTimestamp();
        try
        {
            string message = await look().ConfigureAwait(false);
            return new HealthCheck(true, $"{address} {message}", Latency(began));
        }
        catch (ServerException error)
        {
            return new HealthCheck(false, address.ToString(), Latency(began), error.Message);
        }
    }

    private double Latency(long began) => Math.Round(time.GetElapsedTime(began).TotalMilliseconds, 1);
}
