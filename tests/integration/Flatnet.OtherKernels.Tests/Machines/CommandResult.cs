namespace Flatnet.OtherKernels.Tests.Machines;

internal sealed record CommandResult(string Command, int ExitCode, string Output, string Errors)
{
    /// <summary>Itself, when the command ended with status 0; otherwise the test fails with everything the command said.</summary>
    public CommandResult Succeeded()
    {
        Assert.True(ExitCode == 0, ToString());
        return this;
    }

    public override string ToString() => $"status {ExitCode} of: {Command}\nstdout: {Output}\nstderr: {Errors}";
}
