using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Flatnet.LogServer.Harness;

/// <summary>A program that runs beside the test; killed with its children when disposed of.</summary>
public sealed class RunningProgram : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private RunningProgram(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>The lines of standard output so far; the newest 10,000.</summary>
    public IReadOnlyList<string> Output => [.. _output];

    /// <summary>The lines of standard error so far; the newest 10,000.</summary>
    public IReadOnlyList<string> Errors => [.. _errors];

    public static RunningProgram Start(
        string program, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> environment, string? workingDirectory = null)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? "",
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        Process process = Process.Start(start) ?? throw new HarnessException($"{program} did not start");
        process.StandardInput.Close();
        return new RunningProgram(process);
    }

    /// <summary>Sends a signal such as <c>TERM</c>.</summary>
    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>SIGKILL, to this process alone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits for its end by itself; its exit code.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan? limit = null)
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(limit ?? TimeSpan.FromSeconds(120));
        }
        catch (TimeoutException)
        {
            throw new HarnessException($"{_process.StartInfo.FileName} did not end:\n{string.Join('\n', Errors)}");
        }

        return _process.ExitCode;
    }

    /// <summary>A value of <c>/proc/PID/status</c> in bytes, such as <c>VmRSS</c> or <c>VmHWM</c>.</summary>
    public long Memory(string name)
    {
        string line = File.ReadLines($"/proc/{Id}/status").First(text => text.StartsWith(name + ":", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(name.Length + 1, line.Length - name.Length - 3).Trim(), CultureInfo.InvariantCulture) * 1024;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is null)
        {
            return;
        }

        lines.Enqueue(line);
        while (lines.Count > 10_000)
        {
            lines.TryDequeue(out _);
        }
    }
}
