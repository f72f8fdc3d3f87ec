namespace Flatnet.Server.Storage;

/// <summary>The store could not do it: what was tried, and why it failed. Nothing of it was stored.</summary>
internal sealed class StoreException(string message, bool isFull = false, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Because there is no room left.</summary>
    public bool IsFull { get; } = isFull;
}
