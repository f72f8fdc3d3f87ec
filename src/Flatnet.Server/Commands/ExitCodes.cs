namespace Flatnet.Server.Commands;

/// <summary>What <c>flatnetd</c> exits with.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>Something failed while it ran.</summary>
    public const int Failure = 1;

    /// <summary>The command line or the configuration makes no sense.</summary>
    public const int Usage = 2;
}
