using System.ComponentModel;
using System.Diagnostics;
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
        var start = new ProcessStartInfo(program, ["info", "--format", "{{.Host.NetworkBackend}}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            try
            {
                process.StandardInput.Close();
                Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
                Task<string> complaints = process.StandardError.ReadToEndAsync(limit.Token);
                await Task.WhenAll(output, complaints, process.WaitForExitAsync(limit.Token)).ConfigureAwait(false);
                return process.ExitCode == 0 ? (await output.ConfigureAwait(false)).Trim() : null;
            }
            finally
            {
                // Of one that has ended already this does nothing.
                process.Kill(entireProcessTree: true);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static string? FindProgram(CommandContext context) => (context.Environment("PATH") ?? "")
        .Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Select(directory => Path.Combine(directory, "podman"))
        .FirstOrDefault(File.Exists);
}
