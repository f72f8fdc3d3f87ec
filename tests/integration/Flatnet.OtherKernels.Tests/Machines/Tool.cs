using System.Diagnostics;

namespace Flatnet.OtherKernels.Tests.Machines;

/// <summary>A program of this machine, run to its end.</summary>
internal static class Tool
{
    public static CommandResult Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CommandResult($"{program} {string.Join(' ', arguments)}", process.ExitCode, output, errors.Result);
    }

    public static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin").Split(':').Any(directory => File.Exists(Path.Combine(directory, program)));
}
