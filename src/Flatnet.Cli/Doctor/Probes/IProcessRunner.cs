namespace Flatnet.Cli.Doctor.Probes;

/// <summary>Runs programs.</summary>
internal interface IProcessRunner
{
    /// <summary>Runs a program of the PATH to its end; ends it when cancelled.</summary>
    /// <returns>Null when there is no such program.</returns>
    public Task<ProcessResult?> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellation);
}
