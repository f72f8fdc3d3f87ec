using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Flatnet.Agent.Pipeline;
using Flatnet.Agent.Processes;
using Flatnet.Interop;
using Flatnet.Logs;

namespace Flatnet.Agent.Capture;

/// <summary>
/// Reads a child's two pipes until both are closed, on one thread: the order of the lines is the order of the reads, and a
/// spool that is full makes the child wait in its own write, because nothing is read meanwhile. Nothing is queued in memory.
/// </summary>
internal sealed unsafe class PipeCapture
{
    /// <summary>For so long a grandchild that holds a pipe is listened to when the child has ended.</summary>
    public static readonly TimeSpan AfterExit = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan PromptAfter = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan WaitingAfter = TimeSpan.FromSeconds(1);

    private readonly CaptureOptions _options;
    private readonly LineEncoder _encoder;
    private readonly LineCutter[] _cutters;
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _remarks = new();
    private readonly Action<TaskState> _changed;
    private long _stop = long.MaxValue;
    private bool _isWaiting;

    /// <param name="options">What becomes of lines.</param>
    /// <param name="encoder">Takes the lines.</param>
    /// <param name="changed">Hears when the task seems to wait for input, and when it goes on.</param>
    public PipeCapture(CaptureOptions options, LineEncoder encoder, Action<TaskState> changed)
    {
        _options = options;
        _encoder = encoder;
        _changed = changed;
        _cutters = [new LineCutter(LogSource.Stdout, encoder), new LineCutter(LogSource.Stderr, encoder)];
    }

    /// <summary>Puts a remark of the agent among the lines; from any thread.</summary>
    public void Remark(LogLevel level, string text) => _remarks.Enqueue((level, text));

    /// <summary>The child has ended: what it wrote is in the pipes, and who else writes has <see cref="AfterExit"/>.</summary>
    public void ChildExited() => Volatile.Write(ref _stop, Stopwatch.GetTimestamp() + (long)(AfterExit.TotalSeconds * Stopwatch.Frequency));

    /// <summary>Reads to the end.</summary>
    /// <exception cref="IOException">The lines could not be spooled.</exception>
    public void Run(ChildProcess child)
    {
        Volatile.Write(ref _stop, long.MaxValue);
        Pollfd* pipes = stackalloc Pollfd[2];
        pipes[0] = new Pollfd { fd = child.Output.Descriptor, events = ProcessConstants.POLLIN };
        pipes[1] = new Pollfd { fd = child.Error.Descriptor, events = ProcessConstants.POLLIN };
        long lastOutput = Stopwatch.GetTimestamp();
        while (pipes[0].fd >= 0 || pipes[1].fd >= 0)
        {
            if (Libc.poll(pipes, 2, (int)PromptAfter.TotalMilliseconds) > 0)
            {
                Read(&pipes[0], _cutters[0]);
                Read(&pipes[1], _cutters[1]);
                lastOutput = Stopwatch.GetTimestamp();
                GoesOn();
            }

            ShowPrompts(Stopwatch.GetElapsedTime(lastOutput));
            TakeRemarks();
            _encoder.Flush();
            if (Stopwatch.GetTimestamp() > Volatile.Read(ref _stop))
            {
                Remark(LogLevel.Warn, "a process that the task left behind still holds its output; what it writes from now on is lost");
                break;
            }
        }

        foreach (LineCutter cutter in _cutters)
        {
            cutter.End(Clock.Now());
        }

        GoesOn();
        Finish();
    }

    /// <summary>Spools remarks that came when nothing was being read.</summary>
    public void Finish()
    {
        TakeRemarks();
        _encoder.Flush();
        // Flushing may have made a remark of its own.
        _encoder.Flush();
    }

    private static void Read(Pollfd* pipe, LineCutter cutter)
    {
        if (pipe->fd < 0 || pipe->revents == 0)
        {
            return;
        }

        Span<byte> free = cutter.Free;
        nint count;
        fixed (byte* start = free)
        {
            count = Libc.read(pipe->fd, start, (nuint)free.Length);
        }

        if (count > 0)
        {
            cutter.Advance((int)count, Clock.Now());
        }
        else if (count == 0 || Marshal.GetLastPInvokeError() is not (Errno.EINTR or Errno.EAGAIN))
        {
            // poll(2) passes over it from now on.
            pipe->fd = -1;
        }
    }

    private void ShowPrompts(TimeSpan idle)
    {
        foreach (LineCutter cutter in _cutters)
        {
            if (cutter.HasUnshown && Stopwatch.GetElapsedTime(cutter.LastRead) >= PromptAfter)
            {
                cutter.Flush(Clock.Now());
            }
        }

        if (_options.DetectsInput && !_isWaiting && idle >= WaitingAfter && Array.Exists(_cutters, static cutter => cutter.HasPending))
        {
            _isWaiting = true;
            _changed(TaskState.WaitingForInput);
        }
    }

    private void GoesOn()
    {
        if (_isWaiting)
        {
            _isWaiting = false;
            _changed(TaskState.Processing);
        }
    }

    private void TakeRemarks()
    {
        while (_remarks.TryDequeue(out (LogLevel Level, string Text) remark))
        {
            _encoder.Remark(remark.Level, remark.Text, Clock.Now());
        }
    }
}
