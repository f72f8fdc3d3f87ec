using System.Diagnostics;

namespace Flatnet.Bench.Rivals;

/// <summary>Ordinary programs used to set the scene; never timed.</summary>
internal static class Tool
{
    /// <summary>Runs a program and returns its stdout. Throws, with its stderr, when it fails.</summary>
    public static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new BenchException($"cannot start {program}");
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new BenchException($"{program} {string.Join(' ', arguments)}: exit status {process.ExitCode}: {errors.Result}");
    }

    public static string ReadText(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : "";
}
