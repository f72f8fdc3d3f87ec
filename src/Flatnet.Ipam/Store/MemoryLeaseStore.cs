namespace Flatnet.Ipam;

/// <summary>Keeps the document in memory: the disk store without a disk, for tests of everything above it.</summary>
internal sealed class MemoryLeaseStore(string network) : ILeaseStore
{
    private readonly Lock _lock = new();
    private LeaseDocument? _document;

    public string Location => "memory";

    public ILeaseTransaction Begin(TimeSpan lockTimeout) =>
        _lock.TryEnter(lockTimeout) ? new Transaction(this) : throw StoreErrors.LockTimeout(Location, lockTimeout);

    public LeaseDocument Peek() => _document ?? new LeaseDocument(network) { Origin = DocumentOrigin.Missing };

    private sealed class Transaction(MemoryLeaseStore store) : ILeaseTransaction
    {
        public LeaseDocument Read() => store.Peek();

        public void Write(LeaseDocument document) => store._document = document.AsStored();

        public void Dispose() => store._lock.Exit();
    }
}
