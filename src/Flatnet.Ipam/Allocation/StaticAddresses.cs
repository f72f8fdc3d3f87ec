using System.Net;

namespace Flatnet.Ipam;

/// <summary>The static reservations of configuration and document together. Where both speak about one address the
/// configuration is right: it is what the administrator sees.</summary>
internal sealed class StaticAddresses
{
    private readonly List<(string Name, IpValue Address)> _entries = [];

    internal StaticAddresses(IReadOnlyDictionary<string, IPAddress> configured, List<ReservationEntry> reservations)
    {
        foreach ((string name, IPAddress address) in configured)
        {
            Add(name, IpValue.From(address));
        }

        foreach (ReservationEntry entry in reservations)
        {
            if (entry.IsStatic)
            {
                Add(entry.Name, entry.First);
                foreach (IpValue other in entry.Others ?? [])
                {
                    Add(entry.Name, other);
                }
            }
        }
    }

    internal IReadOnlyList<(string Name, IpValue Address)> Entries => _entries;

    internal string? OwnerOf(IpValue address)
    {
        foreach ((string name, IpValue reserved) in _entries)
        {
            if (reserved == address)
            {
                return name;
            }
        }

        return null;
    }

    internal bool IsOfAnother(IpValue address, string? name) => OwnerOf(address) is { } owner && owner != name;

    internal IpValue? Of(string name, RangeSet set)
    {
        foreach ((string owner, IpValue address) in _entries)
        {
            if (owner == name && set.TryPosition(address, out _))
            {
                return address;
            }
        }

        return null;
    }

    private void Add(string name, IpValue address)
    {
        if (OwnerOf(address) is null)
        {
            _entries.Add((name, address));
        }
    }
}
