using System.Globalization;
using Flatnet.Interop;

namespace Flatnet.Ipam;

/// <summary>Keeps the document as <c>&lt;dataDir&gt;/&lt;network&gt;/ipam.json</c>, guarded by a lock on <c>ipam.lock</c> beside it:
/// a lock on the document would be lost with each rename.</summary>
internal sealed class DiskLeaseStore : ILeaseStore
{
    internal const string DocumentName = "ipam.json";
    internal const string LockName = "ipam.lock";
    internal const string TemporaryName = "ipam.json.tmp";

    private readonly string _directory;
    private readonly string _network;
    private readonly TimeProvider _time;

    internal DiskLeaseStore(string dataDirectory, string network, TimeProvider? time = null)
    {
        if (!NetworkName.IsValid(network))
        {
            throw new ArgumentException("not a network name: " + network, nameof(network));
        }

        _directory = dataDirectory.TrimEnd('/') + "/" + network;
        _network = network;
        _time = time ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public string Location => _directory + "/" + DocumentName;

    /// <inheritdoc/>
    public ILeaseTransaction Begin(TimeSpan lockTimeout)
    {
        var directory = StateDirectory.OpenOrCreate(_directory);
        SafeFileDescriptor? lockFile = null;
        try
        {
            lockFile = directory.OpenLockFile(LockName);
            string path = directory.PathOf(LockName);
            if (!FileLock.TryLock(lockFile, path, lockTimeout))
            {
                throw StoreErrors.LockTimeout(path, lockTimeout);
            }

            return new Transaction(this, directory, lockFile);
        }
        catch
        {
            lockFile?.Dispose();
            directory.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public LeaseDocument Peek()
    {
        using StateDirectory? directory = StateDirectory.Open(_directory);
        return Read(directory);
    }

    private LeaseDocument Read(StateDirectory? directory) => directory?.Read(DocumentName, out _) is { } json
        ? DocumentReader.Read(json, _network, Location)
        : new LeaseDocument(_network) { Origin = DocumentOrigin.Missing };

    private sealed class Transaction(DiskLeaseStore store, StateDirectory directory, SafeFileDescriptor lockFile) : ILeaseTransaction
    {
        private bool _isBroken;

        public LeaseDocument Read()
        {
            LeaseDocument document = store.Read(directory);
            _isBroken = document.Origin == DocumentOrigin.Broken;
            return document;
        }

        public void Write(LeaseDocument document)
        {
            List<ReadOnlyMemory<byte>> json = DocumentWriter.Write(document);
            if (_isBroken)
            {
                SetAside();
            }

            directory.Replace(DocumentName, TemporaryName, json);
        }

        public void Dispose()
        {
            lockFile.Dispose();
            directory.Dispose();
        }

        private void SetAside()
        {
            string stamp = store._time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
            string name = DocumentName + ".broken-" + stamp;
            for (int attempt = 1; !directory.KeepAs(DocumentName, name); attempt++)
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{DocumentName}.broken-{stamp}-{attempt}");
            }

            _isBroken = false;
        }
    }
}
