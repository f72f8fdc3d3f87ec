namespace Flatnet.Agent.Commands;

/// <summary>A command cannot go on. <c>Main</c> prints <c>Error: message</c> and picks the exit code.</summary>
internal sealed class CommandException(string message, int exitCode = ExitCodes.Failure, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>The command line makes no sense.</summary>
    public static CommandException Usage(string message) => new(message, ExitCodes.Usage);
}
