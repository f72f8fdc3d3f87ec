using System.Net;

namespace Flatnet.Ipam;

/// <summary>What a person calls a lease or a reservation by: an address, a container's name, or the beginning of its ID.</summary>
public sealed class LeaseSelector
{
    // What lists show of an ID; fewer digits could be a name that somebody mistyped.
    private const int ShortestId = 12;

    private LeaseSelector(string text, IPAddress? address)
    {
        Text = text;
        Address = address;
    }

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>The address; null when the text is a name or an ID.</summary>
    public IPAddress? Address { get; }

    /// <summary>Reads what somebody wrote: an address if it is one, else a name or an ID.</summary>
    public static LeaseSelector Parse(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return new LeaseSelector(text, IpAddressText.TryParse(text, out IPAddress address) ? address : null);
    }

    /// <summary>Whether the lease is meant.</summary>
    public bool Matches(Lease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        if (Address is not null)
        {
            return Holds(lease.Addresses);
        }

        bool isId = Text.Length >= ShortestId && lease.ContainerId.StartsWith(Text, StringComparison.Ordinal);
        return isId || lease.ContainerId == Text || lease.ContainerName == Text;
    }

    /// <summary>Whether the reservation is meant.</summary>
    public bool Matches(Reservation reservation)
    {
        ArgumentNullException.ThrowIfNull(reservation);
        return Address is null ? reservation.Name == Text : Holds(reservation.Addresses);
    }

    private bool Holds(IReadOnlyList<IPAddress> addresses)
    {
        foreach (IPAddress address in addresses)
        {
            if (address.Equals(Address))
            {
                return true;
            }
        }

        return false;
    }
}
