namespace Flatnet.Agent.Processes;

/// <summary>A program could not be started: which one, why, and what to do.</summary>
/// <param name="message">For people.</param>
/// <param name="exitCode">What a shell would say: 126 or 127; 125 when it is not the program's fault.</param>
internal sealed class CannotRunException(string message, int exitCode) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
