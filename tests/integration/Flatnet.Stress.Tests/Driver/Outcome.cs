namespace Flatnet.Stress.Tests.Driver;

/// <summary>How one program of a crowd ended.</summary>
/// <param name="Job">What was run.</param>
/// <param name="ExitCode">Its exit status; -1 when a signal ended it.</param>
/// <param name="Signal">The signal that ended it, or 0.</param>
/// <param name="Elapsed">From its start to its end.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record Outcome(Job Job, int ExitCode, int Signal, TimeSpan Elapsed, string Output, string Error)
{
    public bool WasKilled => Signal == 9;

    public Outcome ExpectSuccess()
    {
        Assert.True(ExitCode == 0, $"{Job.Name}: exit status {ExitCode}, signal {Signal}\n{Output}\n{Error}");
        return this;
    }
}
