namespace Flatnet.Ipam;

/// <summary>Keeps the document of one network.</summary>
public interface ILeaseStore
{
    /// <summary>Where the document is, for messages.</summary>
    public string Location { get; }

    /// <summary>Waits for the exclusive lock, creating what is needed to hold it.</summary>
    /// <exception cref="IpamException"><see cref="IpamFailure.LockTimeout"/> or <see cref="IpamFailure.StateUnwritable"/>.</exception>
    public ILeaseTransaction Begin(TimeSpan lockTimeout);

    /// <summary>The document as it is, without a lock and without creating anything. Documents are replaced whole, so this
    /// is always one that some transaction wrote.</summary>
    /// <exception cref="IpamException"><see cref="IpamFailure.StateUnreadable"/>.</exception>
    public LeaseDocument Peek();
}
