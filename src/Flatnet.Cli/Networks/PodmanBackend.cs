using Flatnet.Cli.Doctor.Probes;
using Flatnet.Cli.Hosting;

namespace Flatnet.Cli.Networks;

/// <summary>Asks Podman which kind of networks it uses.</summary>
internal static class PodmanBackend
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary><c>cni</c> or <c>netavark</c>; null without Podman, or when it does not tell.</summary>
    public static async Task<string?> AskAsync(CommandContext context, CancellationToken cancellation)
    {
        if (FindProgram(context) is not { } program)
        {
            return null;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            ProcessResult? info = await new ProcessRunner().RunAsync(program, ["info", "--format", "{{.Host.NetworkBackend}}"], limit.Token).ConfigureAwait(false);
            return info is { ExitCode: 0 } ? info.Output.Trim() : null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private static string? FindProgram(CommandContext context) => (context.Environment("PATH") ?? "")
        .Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Select(directory => Path.Combine(directory, "podman"))
        .FirstOrDefault(File.Exists);
}
