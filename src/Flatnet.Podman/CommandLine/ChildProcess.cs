using System.ComponentModel;
using System.Diagnostics;

namespace Flatnet.Podman.CommandLine;

/// <summary>A program that runs beside us and never longer than us.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process)
    {
        _process = process;
    }

    /// <summary>Its standard output.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>Its standard error.</summary>
    public Stream Error => _process.StandardError.BaseStream;

    /// <summary>Starts a program.</summary>
    /// <exception cref="EngineException">It cannot be started.</exception>
    public static ChildProcess Start(string program, IEnumerable<string> arguments)
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
            return new ChildProcess(process);
        }
        catch (Win32Exception problem)
        {
            throw EngineErrors.NotStarted(program, problem);
        }
    }

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="EngineException">It cannot be started, or takes longer than the limit.</exception>
    public static async Task<CommandOutput> RunAsync(string program, IReadOnlyList<string> arguments, TimeSpan timeout, CancellationToken cancellation)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        using ChildProcess child = Start(program, arguments);
        Task<string> errors = child.ReadErrorsAsync();
        try
        {
            using MemoryStream output = new();
            await child.Output.CopyToAsync(output, limit.Token).ConfigureAwait(false);
            int exitCode = await child.WaitAsync(limit.Token).ConfigureAwait(false);
            return new CommandOutput(exitCode, output.GetBuffer().AsMemory(0, (int)output.Length), await errors.WaitAsync(limit.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw EngineErrors.Slow($"{Path.GetFileName(program)} {arguments[0]}", timeout);
        }
    }

    /// <summary>All of its standard error. To be called before the output is read, so that the program never blocks on a full pipe.</summary>
    public Task<string> ReadErrorsAsync() => _process.StandardError.ReadToEndAsync();

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        return _process.ExitCode;
    }

    /// <summary>Ends the program if it still runs.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
