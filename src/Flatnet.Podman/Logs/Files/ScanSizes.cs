namespace Flatnet.Podman.Logs;

/// <summary>How much of a log file is read at a time. Tests make everything small.</summary>
internal sealed record ScanSizes
{
    /// <summary>Bytes per read: large enough that the calls do not count, small enough to stay in the processor's cache.</summary>
    public int Block { get; init; } = 1 << 18;

    /// <summary>How far before its place a scan starts, to find the beginnings of lines cut into pieces.</summary>
    public int Lookback { get; init; } = LineAssembler.LongestLine + (1 << 18);

    /// <summary>The first step of a search backwards; each further step is four times as long.</summary>
    public int FirstStep { get; init; } = 1 << 16;

    /// <summary>The longest step of a search backwards.</summary>
    public int LongestStep { get; init; } = 1 << 24;

    /// <summary>Bytes of found text that a search backwards keeps; what is older is read again.</summary>
    public int Kept { get; init; } = 1 << 22;

    /// <summary>Files up to this size are not searched by time but read whole.</summary>
    public int ReadWhole { get; init; } = 1 << 20;
}
