using System.ComponentModel;
using System.Diagnostics;

namespace Flatnet.Podman.Logs;

/// <summary>A program that prints a log. It never runs longer than this object lives.</summary>
internal sealed class LogProgram : IDisposable
{
    private readonly Process _process;

    private LogProgram(Process process)
    {
        _process = process;
    }

    public Stream Output => _process.StandardOutput.BaseStream;

    public Stream Error => _process.StandardError.BaseStream;

    /// <exception cref="EngineException">It cannot be started.</exception>
    public static LogProgram Start(string program, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            Process process = Process.Start(start)!;
            process.StandardInput.Close();
            return new LogProgram(process);
        }
        catch (Win32Exception problem)
        {
            throw EngineErrors.NotStarted(program, problem);
        }
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }

        _process.WaitForExit();
        _process.Dispose();
    }
}
