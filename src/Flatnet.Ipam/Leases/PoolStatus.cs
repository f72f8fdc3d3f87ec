namespace Flatnet.Ipam;

/// <summary>How full a network is.</summary>
/// <param name="Sets">One entry per range set, in order.</param>
/// <param name="Stale">Leases whose container is gone; they are swept when their addresses are needed.</param>
public sealed record PoolStatus(IReadOnlyList<RangeSetStatus> Sets, int Stale)
{
    /// <summary>Whether every set can give an address to a container nobody has reserved for.</summary>
    public bool CanAllocate
    {
        get
        {
            foreach (RangeSetStatus set in Sets)
            {
                if (set.Available == 0)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
