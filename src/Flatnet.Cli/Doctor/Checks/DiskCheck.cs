using Flatnet.Ipam;
using Flatnet.Podman;

namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Whether a file system has room.</summary>
/// <param name="name">What is kept there.</param>
/// <param name="cure">What makes room, given the path.</param>
/// <param name="find">The path; null when it cannot be found out.</param>
internal sealed class DiskCheck(string name, Func<string, string> cure, Func<DoctorContext, CancellationToken, Task<string?>> find) : ICheck
{
    private const int NearlyFull = 80;
    private const int Full = 95;

    public string Category => "Disk";

    public string Name => name;

    public async Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation)
    {
        if (await find(context, cancellation) is not { } path)
        {
            return CheckResult.Pass("not checked: Podman does not tell where");
        }

        if (context.MeasureDisk(path) is not { } use)
        {
            return CheckResult.Warning($"the file system of {path} cannot be measured", $"df -h {path}");
        }

        string message = $"{path} is {use.Percent}% full, {use.Available >> 20} MiB free";
        return use.Percent switch
        {
            >= Full => CheckResult.Fail(message, cure(path)),
            >= NearlyFull => CheckResult.Warning(message, cure(path)),
            _ => CheckResult.Pass(message),
        };
    }

    public static DiskCheck Root() => new("Disk usage", path => $"See what takes the room: sudo du -xhd1 {path} | sort -h", (_, _) => Task.FromResult<string?>("/"));

    public static DiskCheck GraphRoot() => new("Podman storage", _ => "Remove what no container uses: podman system prune", async (context, cancellation) =>
    {
        try
        {
            return (await context.InfoAsync(cancellation)).GraphRoot is { Length: > 0 } path ? path : null;
        }
        catch (EngineException)
        {
            return null;
        }
    });

    public static DiskCheck Leases() => new("Lease store", path => $"Make room, or no container can start: sudo du -xhd1 {path}", (context, _) => Task.FromResult<string?>(NearestExisting(context)));

    // The directory comes with the first container; until then it is the file system above that counts.
    private static string NearestExisting(DoctorContext context)
    {
        string path = context.Command.Settings.IpamPath is { } file ? Path.GetDirectoryName(file) ?? "/" : context.Network?.Ipam?.DataDirectory ?? IpamConfiguration.DefaultDataDirectory;
        while (path.Length > 1 && !Directory.Exists(context.Command.Root + path))
        {
            path = Path.GetDirectoryName(path) ?? "/";
        }

        return path;
    }
}
