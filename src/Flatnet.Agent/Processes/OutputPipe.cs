using System.Runtime.InteropServices;
using Flatnet.Interop;

namespace Flatnet.Agent.Processes;

/// <summary>A pipe from a child to us. Both ends are closed in every other child.</summary>
internal sealed unsafe class OutputPipe : IDisposable
{
    // As much as an ordinary user may ask for: a child that writes in bursts need not wait for us.
    private const int Capacity = 1 << 20;

    public OutputPipe()
    {
        int* ends = stackalloc int[2];
        if (Libc.pipe2(ends, FileConstants.O_CLOEXEC) != 0)
        {
            throw new CannotRunException($"cannot make a pipe: {Errno.Name(Marshal.GetLastPInvokeError())}. Allow more open files.", ExitCode.AgentFailure);
        }

        Reader = new SafeFileDescriptor(ends[0]);
        Writer = new SafeFileDescriptor(ends[1]);
        // Refused when the user's pipes hold too much already; the usual 64 KiB do as well.
        _ = Libc.fcntl(ends[0], ProcessConstants.F_SETPIPE_SZ, Capacity);
    }

    public SafeFileDescriptor Reader { get; }

    public SafeFileDescriptor Writer { get; }

    public void Dispose()
    {
        Reader.Dispose();
        Writer.Dispose();
    }
}
