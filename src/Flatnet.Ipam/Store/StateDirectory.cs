using System.Runtime.InteropServices;
using Flatnet.Interop;

namespace Flatnet.Ipam;

/// <summary>A directory opened once; every file in it is then reached through the descriptor, so nobody can swap the
/// directory in between, and no symbolic link is followed.</summary>
internal sealed class StateDirectory : IDisposable
{
    private const uint OwnerOnlyDirectory = 0x1C0; // 0700
    private const uint OwnerOnlyFile = 0x180; // 0600

    // A document of this size has some 50,000 leases; reading more than that would only mean running out of memory later.
    private const long LargestFile = 16 << 20;

    private readonly SafeFileDescriptor _directory;

    private StateDirectory(string path, SafeFileDescriptor directory)
    {
        Path = path;
        _directory = directory;
    }

    internal string Path { get; }

    /// <summary>Opens; null when there is no such directory.</summary>
    internal static StateDirectory? Open(string path)
    {
        int descriptor = Libc.open(
            path, FileConstants.O_RDONLY | FileConstants.O_DIRECTORY | FileConstants.O_NOFOLLOW | FileConstants.O_CLOEXEC, 0);
        if (descriptor >= 0)
        {
            return new StateDirectory(path, new SafeFileDescriptor(descriptor));
        }

        int errno = Marshal.GetLastPInvokeError();
        return errno == Errno.ENOENT ? null : throw StoreErrors.Unreadable("open directory", path, errno);
    }

    /// <summary>Opens, creating it and what leads to it, for its owner alone.</summary>
    internal static StateDirectory OpenOrCreate(string path)
    {
        if (Open(path) is { } existing)
        {
            return existing;
        }

        Create(path);
        return Open(path) ?? throw StoreErrors.Unwritable("create directory", path, Errno.ENOENT);
    }

    internal string PathOf(string name) => Path + "/" + name;

    /// <summary>Opens or creates a file to be locked.</summary>
    internal SafeFileDescriptor OpenLockFile(string name)
    {
        int descriptor = Libc.openat(
            _directory.Descriptor,
            name,
            FileConstants.O_RDWR | FileConstants.O_CREAT | FileConstants.O_CLOEXEC | FileConstants.O_NOFOLLOW | FileConstants.O_NONBLOCK,
            OwnerOnlyFile);
        return descriptor >= 0
            ? new SafeFileDescriptor(descriptor)
            : throw StoreErrors.Unwritable("open lock", PathOf(name), Marshal.GetLastPInvokeError());
    }

    /// <summary>A regular file's content; null when there is no such file.</summary>
    internal unsafe byte[]? Read(string name, out DateTimeOffset modified)
    {
        modified = default;

        // O_NONBLOCK, because opening a FIFO would otherwise wait for a writer.
        int flags = FileConstants.O_RDONLY | FileConstants.O_CLOEXEC | FileConstants.O_NOFOLLOW | FileConstants.O_NONBLOCK;
        int descriptor = Libc.openat(_directory.Descriptor, name, flags, 0);
        if (descriptor < 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            return errno == Errno.ENOENT ? null : throw StoreErrors.Unreadable("open", PathOf(name), errno);
        }

        using var file = new SafeFileDescriptor(descriptor);
        Statx status;
        if (Libc.statx(descriptor, "", FileConstants.AT_EMPTY_PATH, FileConstants.STATX_BASIC_STATS, &status) != 0)
        {
            throw StoreErrors.Unreadable("stat", PathOf(name), Marshal.GetLastPInvokeError());
        }

        if ((status.stx_mode & FileConstants.S_IFMT) != FileConstants.S_IFREG)
        {
            throw StoreErrors.Unreadable("read (not a regular file)", PathOf(name), Errno.EINVAL);
        }

        if (status.stx_size > LargestFile)
        {
            throw StoreErrors.Unreadable("read (more than 16 MiB)", PathOf(name), Errno.EFBIG);
        }

        modified = DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(status.stx_mtime_sec, 0, uint.MaxValue));
        return ReadAll(file, name, (int)status.stx_size);
    }

    /// <summary>Replaces a file's content at once: readers see the old or the new one, also after a crash.</summary>
    /// <param name="name">The file.</param>
    /// <param name="temporaryName">Written first, in the same directory; the caller's lock keeps others from it.</param>
    /// <param name="content">The new content, in pieces.</param>
    internal void Replace(string name, string temporaryName, List<ReadOnlyMemory<byte>> content)
    {
        int flags = FileConstants.O_WRONLY | FileConstants.O_CREAT | FileConstants.O_TRUNC | FileConstants.O_CLOEXEC
            | FileConstants.O_NOFOLLOW | FileConstants.O_NONBLOCK;
        int descriptor = Libc.openat(_directory.Descriptor, temporaryName, flags, OwnerOnlyFile);
        if (descriptor < 0)
        {
            throw StoreErrors.Unwritable("create", PathOf(temporaryName), Marshal.GetLastPInvokeError());
        }

        int errno = 0;
        for (int i = 0; i < content.Count && errno == 0; i++)
        {
            errno = WriteAll(descriptor, content[i].Span);
        }

        if (errno == 0 && !OrdersRenames(descriptor) && Libc.fdatasync(descriptor) != 0)
        {
            errno = Marshal.GetLastPInvokeError();
        }

        if (Libc.close(descriptor) != 0 && errno == 0)
        {
            errno = Marshal.GetLastPInvokeError();
        }

        // The directory itself is not synced. Should power fail now the old document is back, and all its leases are of an
        // earlier boot by then.
        if (errno == 0 && Libc.renameat(_directory.Descriptor, temporaryName, _directory.Descriptor, name) != 0)
        {
            errno = Marshal.GetLastPInvokeError();
        }

        if (errno != 0)
        {
            // What was written of it takes up room on a disk that may just be full.
            Libc.unlinkat(_directory.Descriptor, temporaryName, 0);
            throw StoreErrors.Unwritable("write", PathOf(name), errno);
        }
    }

    // These write a file's data before a rename of it over another, whatever the program does: a power failure leaves the old or
    // the new content (mount option auto_da_alloc of ext4(5), replace-by-rename of btrfs; a tmpfs has nothing to lose). Waiting
    // for the disk as well would be a fifth of an ADD. Everywhere else it is waited for.
    private static unsafe bool OrdersRenames(int descriptor)
    {
        Statfs status;
        return Libc.fstatfs(descriptor, &status) == 0
            && status.f_type is FileConstants.EXT4_SUPER_MAGIC or FileConstants.BTRFS_SUPER_MAGIC or FileConstants.TMPFS_MAGIC;
    }

    /// <summary>Gives a file a second name, or a new one where the file system knows no hard links. Never overwrites.</summary>
    /// <returns>False when the new name is taken.</returns>
    internal bool KeepAs(string name, string newName)
    {
        if (Libc.linkat(_directory.Descriptor, name, _directory.Descriptor, newName, 0) == 0)
        {
            return true;
        }

        int errno = Marshal.GetLastPInvokeError();
        if (errno is Errno.EEXIST)
        {
            return false;
        }

        if (errno is Errno.EPERM or Errno.EOPNOTSUPP or Errno.EMLINK && !Exists(newName)
            && Libc.renameat(_directory.Descriptor, name, _directory.Descriptor, newName) == 0)
        {
            return true;
        }

        throw StoreErrors.Unwritable("set aside", PathOf(name), errno);
    }

    /// <summary>Removes a file, best effort.</summary>
    internal void TryDelete(string name) => Libc.unlinkat(_directory.Descriptor, name, 0);

    /// <summary>Names of everything in the directory.</summary>
    internal List<string> List()
    {
        // A descriptor of its own: the read position belongs to the open file.
        using StateDirectory? fresh = Open(Path);
        return fresh is null ? [] : DirectoryListing.Read(fresh._directory.Descriptor, Path);
    }

    public void Dispose() => _directory.Dispose();

    private bool Exists(string name) => Libc.faccessat(_directory.Descriptor, name, 0, FileConstants.AT_SYMLINK_NOFOLLOW) == 0;

    private static void Create(string path)
    {
        int result = Libc.mkdir(path, OwnerOnlyDirectory);
        int errno = result == 0 ? 0 : Marshal.GetLastPInvokeError();
        int slash = path.LastIndexOf('/');
        if (errno == Errno.ENOENT && slash > 0)
        {
            Create(path[..slash]);
            errno = Libc.mkdir(path, OwnerOnlyDirectory) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }

        if (errno is not (0 or Errno.EEXIST))
        {
            throw StoreErrors.Unwritable("create directory", path, errno);
        }
    }

    private unsafe byte[] ReadAll(SafeFileDescriptor file, string name, int size)
    {
        byte[] content = GC.AllocateUninitializedArray<byte>(size);
        int filled = 0;
        while (filled < size)
        {
            nint count;
            fixed (byte* target = &content[filled])
            {
                count = Libc.read(file.Descriptor, target, (nuint)(size - filled));
            }

            if (count == 0)
            {
                return content[..filled];
            }

            if (count > 0)
            {
                filled += (int)count;
            }
            else if (Marshal.GetLastPInvokeError() != Errno.EINTR)
            {
                throw StoreErrors.Unreadable("read", PathOf(name), Marshal.GetLastPInvokeError());
            }
        }

        return content;
    }

    private static unsafe int WriteAll(int descriptor, ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty)
        {
            nint count;
            fixed (byte* source = content)
            {
                count = Libc.write(descriptor, source, (nuint)content.Length);
            }

            int errno = count < 0 ? Marshal.GetLastPInvokeError() : 0;
            if (errno is not (0 or Errno.EINTR))
            {
                return errno;
            }

            content = content[(int)Math.Max(count, 0)..];
        }

        return 0;
    }
}
