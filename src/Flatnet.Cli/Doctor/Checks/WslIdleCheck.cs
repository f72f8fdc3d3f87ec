using Flatnet.Cli.Doctor.Probes;

namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Whether WSL stays up without a terminal. By default it stops when the last one closes, and all containers with it.</summary>
internal sealed class WslIdleCheck : ICheck
{
    private const string Never = "-1";

    public string Category => "WSL";

    public string Name => "Idle shutdown";

    public Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation) => Task.FromResult(context.IsWsl ? Look(context) : CheckResult.Pass("not WSL"));

    private static CheckResult Look(DoctorContext context)
    {
        bool isKeptAlive = IsKeptAlive(context);
        IReadOnlyList<WslConfig> configs = WslConfig.ReadAll(context.Command);
        bool instanceStays = configs.Any(config => config.Value("general", "instanceIdleTimeout") == Never);
        bool machineStays = configs.Any(config => config.Value("wsl2", "vmIdleTimeout") == Never);
        if (isKeptAlive || (instanceStays && machineStays))
        {
            return CheckResult.Pass(isKeptAlive ? "a process that stays keeps WSL up (sleep infinity)" : "instanceIdleTimeout and vmIdleTimeout are -1");
        }

        string missing = (instanceStays, machineStays) switch
        {
            (true, false) => "vmIdleTimeout=-1 is not set",
            (false, true) => "vmIdleTimeout=-1 alone is not enough: instanceIdleTimeout=-1 is not set",
            _ => configs.Count > 0 ? "neither instanceIdleTimeout nor vmIdleTimeout is -1" : "no .wslconfig can be seen",
        };
        return CheckResult.Warning(
            $"WSL stops when the last terminal closes, and all containers with it: {missing}, and nothing keeps it alive",
            "In %UserProfile%\\.wslconfig write instanceIdleTimeout=-1 under [general] and vmIdleTimeout=-1 under [wsl2], then: wsl --shutdown; or keep it alive from Windows: wsl --exec sleep infinity");
    }

    private static bool IsKeptAlive(DoctorContext context)
    {
        try
        {
            return Directory.EnumerateDirectories(context.Command.Root + "/proc")
                .Where(directory => char.IsAsciiDigit(Path.GetFileName(directory)[0]))
                .Any(directory => context.ReadText($"/proc/{Path.GetFileName(directory)}/cmdline") is "sleep\0infinity\0");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
