using System.Diagnostics;
using System.Runtime.InteropServices;
using Flatnet.Agent.Processes;
using Flatnet.Interop;
using Flatnet.Logs;

namespace Flatnet.Agent.Capture;

/// <summary>Reads a child's two pipes until both are closed, and does nothing else: the order of the lines is the order of the reads.</summary>
internal sealed unsafe class PipeReader(ChildProcess child, OutputQueue queue)
{
    /// <summary>For so long a grandchild that holds a pipe is listened to when the child has ended.</summary>
    public static readonly TimeSpan AfterExit = TimeSpan.FromSeconds(5);

    private const int LookAfter = 200;

    private long _exited = long.MaxValue;
    private long _waited;

    /// <summary>Somebody else than the child still held a pipe when the time for that was over.</summary>
    public bool IsHeld { get; private set; }

    // The time in which nothing could be read does not count: lines of the child may wait in the pipe.
    private bool IsTimeOver
    {
        get
        {
            if (_exited == long.MaxValue && child.Exit.IsCompleted)
            {
                _exited = Stopwatch.GetTimestamp();
            }

            return _exited != long.MaxValue && Stopwatch.GetElapsedTime(_exited + _waited) > AfterExit;
        }
    }

    /// <summary>Reads to the end.</summary>
    public void Run()
    {
        Pollfd* pipes = stackalloc Pollfd[2];
        pipes[0] = new Pollfd { fd = child.Output.Descriptor, events = ProcessConstants.POLLIN };
        pipes[1] = new Pollfd { fd = child.Error.Descriptor, events = ProcessConstants.POLLIN };
        bool isWanted = true;
        while (isWanted && !queue.IsAbandoned && (pipes[0].fd >= 0 || pipes[1].fd >= 0))
        {
            if (Libc.poll(pipes, 2, LookAfter) > 0)
            {
                isWanted = Read(&pipes[0], LogSource.Stdout) && Read(&pipes[1], LogSource.Stderr);
            }

            if (IsTimeOver)
            {
                IsHeld = true;
                break;
            }
        }

        queue.End();
    }

    // False when nobody wants more.
    private bool Read(Pollfd* pipe, LogSource source)
    {
        if (pipe->fd < 0 || pipe->revents == 0)
        {
            return true;
        }

        OutputBlock block = queue.Rent();
        nint count = block.Read(pipe->fd, source);
        if (count > 0)
        {
            return Add(block);
        }

        if (count == 0 || Marshal.GetLastPInvokeError() is not (Errno.EINTR or Errno.EAGAIN))
        {
            // poll(2) passes over it from now on.
            pipe->fd = -1;
        }

        queue.Return(block);
        return true;
    }

    private bool Add(OutputBlock block)
    {
        long began = Stopwatch.GetTimestamp();
        bool isWanted = queue.Add(block);
        _waited += Math.Max(0, Stopwatch.GetTimestamp() - Math.Max(began, _exited));
        return isWanted;
    }
}
