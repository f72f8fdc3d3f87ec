using Flatnet.Interop;
using Microsoft.Win32.SafeHandles;

namespace Flatnet.Agent.Spool;

/// <summary>A lock on a file, which ends with this process at the latest.</summary>
internal sealed class SpoolLock : IDisposable
{
    private readonly SafeFileHandle _file;

    private SpoolLock(SafeFileHandle file) => _file = file;

    /// <summary>Takes it, waiting for whoever has it.</summary>
    public static SpoolLock Take(string path)
    {
        SafeFileHandle file = SpoolFiles.OpenOrCreate(path);
        SpoolFiles.Lock(file, FileConstants.LOCK_EX);
        return new SpoolLock(file);
    }

    /// <summary>Takes it; null when somebody else has it.</summary>
    public static SpoolLock? TryTake(string path)
    {
        SafeFileHandle file = SpoolFiles.OpenOrCreate(path);
        if (SpoolFiles.Lock(file, FileConstants.LOCK_EX | FileConstants.LOCK_NB))
        {
            return new SpoolLock(file);
        }

        file.Dispose();
        return null;
    }

    public void Dispose()
    {
        if (!_file.IsClosed)
        {
            // Closing would do, if a child that is just being started did not have the file open for a moment as well.
            SpoolFiles.Lock(_file, FileConstants.LOCK_UN);
            _file.Dispose();
        }
    }
}
