namespace Flatnet.Interop;

/// <summary>Constants of sys/mman.h and sys/wait.h, and the one error number that only running programs meets.</summary>
internal static class ProcessConstants
{
    internal const uint MFD_CLOEXEC = 1;
    internal const int ETXTBSY = 26;
}
