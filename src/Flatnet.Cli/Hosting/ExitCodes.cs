namespace Flatnet.Cli.Hosting;

/// <summary>What <c>flatnet</c> exits with; <c>doctor</c> has its own meaning for 1 and 2.</summary>
internal static class ExitCodes
{
    /// <summary>Done, also when there was nothing to show.</summary>
    public const int Success = 0;

    /// <summary>Something failed.</summary>
    public const int Failure = 1;

    /// <summary>The command line makes no sense.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl-C while following a log.</summary>
    public const int Interrupted = 130;
}
