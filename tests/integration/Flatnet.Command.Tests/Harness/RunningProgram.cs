using System.Diagnostics;
using System.Globalization;

namespace Flatnet.Command.Tests.Harness;

/// <summary>A program that runs beside the test, for instance one that follows a log. It is killed when disposed of.</summary>
internal sealed class RunningProgram : IDisposable
{
    // A daemon that the program left behind may hold the pipes open: after the program's own end wait no longer than this for more text.
    private static readonly TimeSpan PipeGrace = TimeSpan.FromSeconds(3);

    private readonly Process _process;
    private readonly string _commandLine;
    private readonly OutputText _output;
    private readonly OutputText _errors;
    private bool _disposed;

    public RunningProgram(Process process, string commandLine)
    {
        _process = process;
        _commandLine = commandLine;
        _output = new OutputText(process.StandardOutput);
        _errors = new OutputText(process.StandardError);
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>All of standard output so far.</summary>
    public string Output => _output.Text;

    /// <summary>All of standard error so far.</summary>
    public string Errors => _errors.Text;

    /// <summary>Writes to standard input and closes it.</summary>
    public void WriteInput(string? input)
    {
        try
        {
            _process.StandardInput.Write(input);
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading its input.
        }
    }

    /// <summary>Waits until standard output contains a text.</summary>
    public void WaitForOutput(string text)
    {
        Eventually.True(() => Output.Contains(text, StringComparison.Ordinal) || HasExited, $"'{text}' in the output of {_commandLine}");
        Eventually.True(() => Output.Contains(text, StringComparison.Ordinal), $"'{text}' in the output of {_commandLine}, which has ended:\n{Output}{Errors}");
    }

    /// <summary>Sends a signal such as <c>INT</c>, as Ctrl-C does.</summary>
    public void Signal(string name)
    {
        Execution.Run(["kill", $"-{name}", Id.ToString(CultureInfo.InvariantCulture)]).ExpectSuccess();
    }

    /// <summary>Waits for its end by itself.</summary>
    public CommandResult WaitForExit()
    {
        bool ended = _process.WaitForExit(Execution.Limit);
        if (!ended)
        {
            _process.Kill(entireProcessTree: true);
        }

        Task.WaitAll([_output.Finished, _errors.Finished], PipeGrace);
        CommandResult result = new(_commandLine, ended ? _process.ExitCode : -1, Output, Errors);
        return ended ? result : throw new CommandFailedException($"not finished after {Execution.Limit}", result);
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
