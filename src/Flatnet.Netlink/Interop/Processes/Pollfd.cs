using System.Runtime.InteropServices;

namespace Flatnet.Interop;

/// <summary><c>struct pollfd</c> of poll.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Pollfd
{
    internal int fd;
    internal short events;
    internal short revents;
}
