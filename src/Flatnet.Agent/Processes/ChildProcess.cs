using System.Runtime.InteropServices;
using Flatnet.Interop;

namespace Flatnet.Agent.Processes;

/// <summary>A running child, the leader of its process group. It is reaped by a thread that waits for nothing else.</summary>
internal sealed unsafe class ChildProcess : IDisposable
{
    private readonly object _gate = new();
    private readonly TaskCompletionSource<int> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly OutputPipe _output;
    private readonly OutputPipe _error;

    private ChildProcess(int id, OutputPipe output, OutputPipe error)
    {
        Id = id;
        _output = output;
        _error = error;
        new Thread(Wait) { IsBackground = true, Name = "child" }.Start();
    }

    public int Id { get; }

    /// <summary>What it writes to standard output.</summary>
    public SafeFileDescriptor Output => _output.Reader;

    /// <summary>What it writes to standard error.</summary>
    public SafeFileDescriptor Error => _error.Reader;

    /// <summary>Its exit code; 128 + n when signal n ended it.</summary>
    public Task<int> Exit => _exit.Task;

    /// <exception cref="CannotRunException">It could not be started.</exception>
    public static ChildProcess Start(ChildStart start)
    {
        var output = new OutputPipe();
        var error = new OutputPipe();
        try
        {
            using SafeFileDescriptor input = Input(start);
            int pid = Spawn.Start(start, input, output.Writer, error.Writer);
            // The last writer must be the child's, or there is never an end to read.
            output.Writer.Dispose();
            error.Writer.Dispose();
            return new ChildProcess(pid, output, error);
        }
        catch
        {
            output.Dispose();
            error.Dispose();
            throw;
        }
    }

    /// <summary>Sends a signal to the child and its children. Does nothing when the child is gone.</summary>
    public void Signal(int signal)
    {
        // Under the lock the child is not reaped, so its number cannot be somebody else's.
        lock (_gate)
        {
            if (!_exit.Task.IsCompleted)
            {
                _ = Libc.kill(-Id, signal);
            }
        }
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    // A terminal belongs to another process group: a child that read from it would be stopped. Such a child reads nothing.
    private static SafeFileDescriptor Input(ChildStart start)
    {
        int descriptor = Console.IsInputRedirected
            ? Libc.fcntl(0, ProcessConstants.F_DUPFD_CLOEXEC, 3)
            : Libc.open("/dev/null", FileConstants.O_RDONLY | FileConstants.O_CLOEXEC, 0);
        return descriptor >= 0
            ? new SafeFileDescriptor(descriptor)
            : throw new CannotRunException($"cannot give {start.File} its standard input: {Errno.Name(Marshal.GetLastPInvokeError())}.", ExitCode.AgentFailure);
    }

    private void Wait()
    {
        while (Libc.waitid(ProcessConstants.P_PID, Id, null, ProcessConstants.WEXITED | ProcessConstants.WNOWAIT) != 0
            && Marshal.GetLastPInvokeError() == Errno.EINTR)
        {
            // Interrupted by a signal that does not concern us.
        }

        lock (_gate)
        {
            int status = 0;
            _ = Libc.waitpid(Id, &status, 0);
            int signal = status & 0x7f;
            _exit.SetResult(signal == 0 ? (status >> 8) & 0xff : ExitCode.Signal + signal);
        }
    }
}
