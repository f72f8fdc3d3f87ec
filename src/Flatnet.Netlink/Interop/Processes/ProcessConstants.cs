namespace Flatnet.Interop;

/// <summary>Constants of sys/mman.h, sys/wait.h, spawn.h, signal.h, fcntl.h and poll.h, and the error numbers that only running programs meets.</summary>
internal static class ProcessConstants
{
    internal const uint MFD_CLOEXEC = 1;

    internal const int ENOEXEC = 8;
    internal const int ETXTBSY = 26;

    internal const short POSIX_SPAWN_SETPGROUP = 0x2;
    internal const short POSIX_SPAWN_SETSIGDEF = 0x4;
    internal const short POSIX_SPAWN_SETSIGMASK = 0x8;

    internal const int P_PID = 1;
    internal const int WEXITED = 4;
    internal const int WNOWAIT = 0x1000000;

    internal const int SIGHUP = 1;
    internal const int SIGINT = 2;
    internal const int SIGKILL = 9;
    internal const int SIGTERM = 15;

    internal const int F_DUPFD_CLOEXEC = 1030;
    internal const int F_SETPIPE_SZ = 1031;

    internal const short POLLIN = 0x1;
}
