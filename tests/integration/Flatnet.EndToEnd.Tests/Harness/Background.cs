using System.Diagnostics;

namespace Flatnet.EndToEnd.Tests.Harness;

/// <summary>A program that runs beside the test until it is disposed of.</summary>
internal sealed class Background(Process process, string commandLine) : IDisposable
{
    private readonly Task<string> _error = process.StandardError.ReadToEndAsync();

    public bool HasExited => process.HasExited;

    /// <summary>All that it printed on standard error, once it has ended.</summary>
    public string Errors => _error.Result;

    /// <summary>Sends one line and returns the line that comes back.</summary>
    public string Exchange(string line, TimeSpan limit)
    {
        process.StandardInput.WriteLine(line);
        process.StandardInput.Flush();
        Task<string?> answer = process.StandardOutput.ReadLineAsync();
        return answer.Wait(limit)
            ? answer.Result ?? throw new InvalidOperationException($"{commandLine}: ended instead of answering: {_error.Result}")
            : throw new TimeoutException($"{commandLine}: no answer within {limit}");
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }
}
