using System.Diagnostics;

namespace Flatnet.Command.Tests.Harness;

/// <summary>Runs programs with an environment of their own and a time limit.</summary>
internal static class Execution
{
    public const string SearchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>Runs a program to its end; never throws for an exit code.</summary>
    public static CommandResult Run(IReadOnlyList<string> argv, IReadOnlyDictionary<string, string>? environment = null, string? input = null)
    {
        using RunningProgram program = Start(argv, environment);
        program.WriteInput(input);
        return program.WaitForExit();
    }

    /// <summary>Starts a program that runs until it ends or is disposed of.</summary>
    public static RunningProgram Start(IReadOnlyList<string> argv, IReadOnlyDictionary<string, string>? environment = null)
    {
        ProcessStartInfo start = new(argv[0], argv.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        start.Environment["PATH"] = SearchPath;
        start.Environment["HOME"] = "/run";
        start.Environment["LC_ALL"] = "C.UTF-8";
        foreach ((string name, string value) in environment ?? Nothing)
        {
            start.Environment[name] = value;
        }

        Process process = Process.Start(start) ?? throw new InvalidOperationException($"cannot start {argv[0]}");
        return new RunningProgram(process, string.Join(' ', argv));
    }
}
