using System.Diagnostics;

namespace Flatnet.EndToEnd.Tests.Harness;

/// <summary>Runs a program to its end, within a time limit.</summary>
internal static class Command
{
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(60);

    // A daemon that the program left behind may hold the pipes open: after the program's own end wait no longer than this for more text.
    private static readonly TimeSpan PipeGrace = TimeSpan.FromSeconds(3);

    /// <summary>Runs <paramref name="argv"/> with exactly <paramref name="environment"/>; never throws for an exit code.</summary>
    public static CommandResult Run(
        IReadOnlyList<string> argv,
        IReadOnlyDictionary<string, string>? environment = null,
        string? input = null,
        TimeSpan? limit = null)
    {
        using Process process = Start(argv, environment);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        WriteInput(process, input);

        string commandLine = string.Join(' ', argv);
        bool ended = process.WaitForExit(limit ?? DefaultLimit);
        if (!ended)
        {
            process.Kill(entireProcessTree: true);
        }

        Task.WaitAll([output, error], PipeGrace);
        CommandResult result = new(commandLine, ended ? process.ExitCode : -1, TextOf(output), TextOf(error));
        return ended ? result : throw new CommandFailedException($"not finished after {limit ?? DefaultLimit}", result);
    }

    /// <summary>Starts a program with all three streams redirected and a clean environment.</summary>
    public static Process Start(IReadOnlyList<string> argv, IReadOnlyDictionary<string, string>? environment = null)
    {
        ProcessStartInfo start = new(argv[0], argv.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        start.Environment["HOME"] = "/run";
        start.Environment["LC_ALL"] = "C.UTF-8";
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"cannot start {argv[0]}");
    }

    private static void WriteInput(Process process, string? input)
    {
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading its input, as a plugin may for VERSION.
        }
    }

    private static string TextOf(Task<string> text)
    {
        return text.IsCompletedSuccessfully ? text.Result : "(not read to its end: a child of the program still holds the pipe)";
    }
}
