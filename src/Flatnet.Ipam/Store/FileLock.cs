using System.Diagnostics;
using System.Runtime.InteropServices;
using Flatnet.Interop;

namespace Flatnet.Ipam;

/// <summary>flock(2) with a time limit, which the call itself does not have: it is asked again and again, first after 0.2 ms,
/// then at growing distances of up to 5 ms.</summary>
internal static class FileLock
{
    private const int FirstPauseNanoseconds = 200_000;
    private const long LongestPauseNanoseconds = 5_000_000;

    /// <returns>False when the time is over.</returns>
    internal static unsafe bool TryLock(SafeFileDescriptor file, string path, TimeSpan timeout)
    {
        long started = Stopwatch.GetTimestamp();
        long pause = FirstPauseNanoseconds;
        while (Libc.flock(file.Descriptor, FileConstants.LOCK_EX | FileConstants.LOCK_NB) != 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            if (errno is not (Errno.EAGAIN or Errno.EINTR))
            {
                throw StoreErrors.Unwritable("lock", path, errno);
            }

            if (Stopwatch.GetElapsedTime(started) >= timeout)
            {
                return false;
            }

            var request = new Timespec { tv_nsec = pause };
            Libc.nanosleep(&request, null);
            pause = Math.Min(pause * 3 / 2, LongestPauseNanoseconds);
        }

        return true;
    }
}
