using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Flatnet.Podman.Logs;

/// <summary>Tells whether two files are one: the device and the number of the file on it.</summary>
internal readonly partial record struct FileIdentity(uint Major, uint Minor, ulong Number)
{
    private const int RelativeToWorkingDirectory = -100;
    private const int EmptyPath = 0x1000;
    private const uint WantNumber = 0x100;

    /// <summary>Of the file at a path; null when there is none, or it cannot be seen.</summary>
    public static FileIdentity? Of(string path)
    {
        return statx(RelativeToWorkingDirectory, path, 0, WantNumber, out Status status) == 0 ? From(status) : null;
    }

    /// <summary>Of an open file.</summary>
    public static FileIdentity? Of(SafeFileHandle file)
    {
        return statx((int)file.DangerousGetHandle(), "", EmptyPath, WantNumber, out Status status) == 0 ? From(status) : null;
    }

    private static FileIdentity From(in Status status)
    {
        return new FileIdentity(status.Major, status.Minor, status.Number);
    }

#pragma warning disable IDE1006 // libc's spelling
    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int directory, string path, int flags, uint mask, out Status status);
#pragma warning restore IDE1006

    /// <summary>struct statx, which is the same on every architecture; 256 bytes.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Status
    {
        [FieldOffset(32)]
        public ulong Number;

        [FieldOffset(136)]
        public uint Major;

        [FieldOffset(140)]
        public uint Minor;
    }
}
