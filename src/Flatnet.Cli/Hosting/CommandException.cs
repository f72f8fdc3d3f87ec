namespace Flatnet.Cli.Hosting;

/// <summary>A command cannot go on. <c>Main</c> prints <c>Error: message</c> and, on lines of their own, the advice.</summary>
internal sealed class CommandException : Exception
{
    public CommandException(string message, string advice = "", int exitCode = ExitCodes.Failure, Exception? inner = null)
        : base(message, inner)
    {
        Advice = advice;
        ExitCode = exitCode;
    }

    /// <summary>What the user can do; may be empty or several lines.</summary>
    public string Advice { get; }

    public int ExitCode { get; }

    /// <summary>The error in a word for scripts: <c>failed</c>, <c>usage</c> or <c>permission_denied</c>.</summary>
    public string Code => ExitCode == ExitCodes.Usage ? "usage" : IsPermissionDenied ? "permission_denied" : "failed";

    /// <summary>Root could do it.</summary>
    public bool IsPermissionDenied { get; init; }

    /// <summary>The command line makes no sense: exit code 2.</summary>
    public static CommandException Usage(string message, string advice = "") => new(message, advice, ExitCodes.Usage);
}
