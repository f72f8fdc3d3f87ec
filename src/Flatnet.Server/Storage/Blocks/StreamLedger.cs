using System.Collections.Immutable;

namespace Flatnet.Server.Storage.Blocks;

/// <summary>
/// Tells a stream's new lines from those that were there. A sequence that skips ahead leaves a hole, and a late line may fill it.
/// </summary>
internal sealed class StreamLedger
{
    /// <summary>An agent sends in order, so holes are few. Past this the lowest one is given up: its lines count as stored.</summary>
    public const int MostHoles = 64;

    private readonly List<(long First, long Last)> _holes;

    public StreamLedger(StreamState? state)
    {
        LastSequence = state?.LastSequence ?? 0;
        _holes = state is null ? [] : [.. state.Holes];
    }

    public long LastSequence { get; private set; }

    public ImmutableArray<(long First, long Last)> Holes => [.. _holes];

    /// <summary>Whether a sequence is new; it is stored from now on.</summary>
    public bool TryAdd(long sequence)
    {
        if (sequence <= LastSequence)
        {
            return TryFill(sequence);
        }

        if (sequence > LastSequence + 1)
        {
            AddHole(_holes.Count, (LastSequence + 1, sequence - 1));
        }

        LastSequence = sequence;
        return true;
    }

    private bool TryFill(long sequence)
    {
        int index = _holes.FindIndex(hole => hole.First <= sequence && sequence <= hole.Last);
        if (index < 0)
        {
            return false;
        }

        (long first, long last) = _holes[index];
        _holes.RemoveAt(index);
        if (sequence < last)
        {
            AddHole(index, (sequence + 1, last));
        }

        if (first < sequence)
        {
            AddHole(index, (first, sequence - 1));
        }

        return true;
    }

    private void AddHole(int index, (long First, long Last) hole)
    {
        _holes.Insert(index, hole);
        if (_holes.Count > MostHoles)
        {
            _holes.RemoveAt(0);
        }
    }
}
