using System.Globalization;
using Flatnet.Interop;

namespace Flatnet.Ipam;

/// <summary>Keeps the document in a file, <c>&lt;dataDir&gt;/&lt;network&gt;/ipam.json</c> unless told otherwise, guarded by a lock on
/// <c>ipam.lock</c> beside it: a lock on the document would be lost with each rename.</summary>
internal sealed class DiskLeaseStore : ILeaseStore
{
    internal const string DocumentName = "ipam.json";
    internal const string LockName = "ipam.lock";
    internal const string TemporaryName = "ipam.json.tmp";

    private readonly string _directory;
    private readonly string _name;
    private readonly string _network;
    private readonly TimeProvider _time;

    internal DiskLeaseStore(string dataDirectory, string network, TimeProvider? time = null)
        : this(Checked(network), dataDirectory.TrimEnd('/') + "/" + network, DocumentName, time)
    {
    }

    private DiskLeaseStore(string network, string directory, string name, TimeProvider? time)
    {
        _directory = directory;
        _name = name;
        _network = network;
        _time = time ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public string Location => _directory + "/" + _name;

    private string LockFile => _name == DocumentName ? LockName : _name + ".lock";

    private string TemporaryFile => _name == DocumentName ? TemporaryName : _name + ".tmp";

    /// <summary>Keeps the document in a file of any name.</summary>
    internal static DiskLeaseStore AtFile(string file, string network, TimeProvider? time = null)
    {
        int slash = file.LastIndexOf('/');
        return slash > 0 && slash < file.Length - 1
            ? new DiskLeaseStore(Checked(network), file[..slash], file[(slash + 1)..], time)
            : throw new ArgumentException("not an absolute path of a file below a directory: " + file, nameof(file));
    }

    /// <inheritdoc/>
    public ILeaseTransaction Begin(TimeSpan lockTimeout)
    {
        var directory = StateDirectory.OpenOrCreate(_directory);
        SafeFileDescriptor? lockFile = null;
        try
        {
            lockFile = directory.OpenLockFile(LockFile);
            string path = directory.PathOf(LockFile);
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

    private static string Checked(string network) =>
        NetworkName.IsValid(network) ? network : throw new ArgumentException("not a network name: " + network, nameof(network));

    private LeaseDocument Read(StateDirectory? directory) => directory?.Read(_name, out _) is { } json
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

            directory.Replace(store._name, store.TemporaryFile, json);
        }

        public void Dispose()
        {
            lockFile.Dispose();
            directory.Dispose();
        }

        private void SetAside()
        {
            string stamp = store._time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
            string name = store._name + ".broken-" + stamp;
            for (int attempt = 1; !directory.KeepAs(store._name, name); attempt++)
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{store._name}.broken-{stamp}-{attempt}");
            }

            _isBroken = false;
        }
    }
}
