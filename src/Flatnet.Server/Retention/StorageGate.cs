using Flatnet.Server.Storage;

namespace Flatnet.Server.Retention;

/// <summary>Stands before the store's writers: closed while the disk is too full and nothing is left to delete.</summary>
internal sealed class StorageGate
{
    private volatile string? _reason;

    /// <summary>Whether writes are refused.</summary>
    public bool IsFull => _reason is not null;

    /// <summary>Why writes are refused; null while they are not.</summary>
    public string? Reason => _reason;

    /// <exception cref="StoreException">The disk is too full to take more lines.</exception>
    public void ThrowIfFull()
    {
        if (_reason is { } reason)
        {
            throw new StoreException(reason, isFull: true);
        }
    }

    public void Close(string reason) => _reason = reason;

    public void Open() => _reason = null;
}
