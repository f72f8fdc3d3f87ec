using Flatnet.Cli.Doctor.Probes;
using Flatnet.Cli.Hosting;

namespace Flatnet.Cli.Gateway;

/// <summary>Whether this is the Windows Subsystem for Linux, and how it is connected.</summary>
internal static class Wsl
{
    /// <summary>Whether the kernel is Microsoft's.</summary>
    public static bool IsHere(CommandContext context)
    {
        try
        {
            return File.ReadAllText(context.Root + "/proc/sys/kernel/osrelease").Contains("microsoft", StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary><c>nat</c>, <c>mirrored</c>, <c>virtioproxy</c>, <c>none</c>, or null when it cannot be found out.</summary>
    public static async Task<string?> NetworkingModeAsync(IProcessRunner processes, CancellationToken cancellation)
    {
        ProcessResult? result = await processes.RunAsync("wslinfo", ["--networking-mode"], cancellation);
        return result is { ExitCode: 0 } && result.Output.Trim() is { Length: > 0 } mode ? mode.ToLowerInvariant() : null;
    }
}
