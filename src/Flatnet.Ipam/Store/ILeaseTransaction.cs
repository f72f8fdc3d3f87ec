namespace Flatnet.Ipam;

/// <summary>The lock on a network's document; held until disposed.</summary>
public interface ILeaseTransaction : IDisposable
{
    /// <summary>The current document; an empty one when there is none, or when it does not parse.</summary>
    /// <exception cref="IpamException"><see cref="IpamFailure.StateUnreadable"/>: it cannot be read, or is of a newer version.</exception>
    public LeaseDocument Read();

    /// <summary>Replaces the document. On failure the old one stays.</summary>
    /// <exception cref="IpamException"><see cref="IpamFailure.StateUnwritable"/>.</exception>
    public void Write(LeaseDocument document);
}
