namespace Flatnet.Agent.Transport;

/// <summary>How many lines go into one batch: what the server refuses as too much is halved; after some that it takes, the limit doubles again.</summary>
internal sealed class BatchLimit(TransportPace pace)
{
    private const int TakenBeforeGrowth = 16;

    private int _taken;

    public int Lines { get; private set; } = pace.FrameLines;

    public int Bytes { get; } = pace.FrameBytes;

    /// <summary>Halves.</summary>
    /// <param name="refusedLines">The lines of the batch that was refused.</param>
    /// <returns>False when there is nothing to halve: it was one line.</returns>
    public bool TryHalve(int refusedLines)
    {
        if (refusedLines <= 1)
        {
            return false;
        }

        _taken = 0;
        Lines = Math.Max(1, Math.Min(Lines, refusedLines) / 2);
        return true;
    }

    /// <summary>The server took a batch.</summary>
    public void Taken()
    {
        if (Lines < pace.FrameLines && ++_taken >= TakenBeforeGrowth)
        {
            _taken = 0;
            Lines = Math.Min(pace.FrameLines, Lines * 2);
        }
    }
}
