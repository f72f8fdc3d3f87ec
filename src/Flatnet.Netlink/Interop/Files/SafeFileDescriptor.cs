using Microsoft.Win32.SafeHandles;

namespace Flatnet.Interop;

/// <summary>Owns one file descriptor and closes it once.</summary>
internal sealed class SafeFileDescriptor : SafeHandleMinusOneIsInvalid
{
    internal SafeFileDescriptor(int descriptor)
        : base(ownsHandle: true) => SetHandle(descriptor);

    /// <summary>The bare number; valid until <see cref="IDisposable.Dispose"/>.</summary>
    internal int Descriptor => (int)handle;

    // close(2) must not be repeated after EINTR on Linux: the descriptor is gone already.
    protected override bool ReleaseHandle() => Libc.close((int)handle) == 0;
}
