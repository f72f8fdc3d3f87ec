using Flatnet.Agent.Processes;
using Flatnet.Interop;

namespace Flatnet.Agent.Pipeline;

/// <summary>Waits for a child, hands signals on to its group, and ends it when its time is over or it does not obey.</summary>
internal sealed class Supervisor(TimeSpan grace)
{
    private readonly object _gate = new();
    private ChildProcess? _child;
    private volatile TaskCompletionSource _asked = New();

    /// <summary>The first signal that asked the task to end; 0 for none.</summary>
    public int Signal { get; private set; }

    /// <summary>Starts a child; null when the task was asked to end before.</summary>
    /// <param name="start">What to run.</param>
    /// <param name="evenIfStopped">It runs all the same, and only later signals are for it.</param>
    /// <exception cref="CannotRunException">It could not be started.</exception>
    public ChildProcess? Start(ChildStart start, bool evenIfStopped)
    {
        // Under the lock, so that no signal falls between the child's start and our knowing it.
        lock (_gate)
        {
            if (Signal != 0 && !evenIfStopped)
            {
                return null;
            }

            _asked = New();
            return _child = ChildProcess.Start(start);
        }
    }

    /// <summary>Somebody wants the task to end: its child gets the signal, and no other is started.</summary>
    public void Stop(int signal)
    {
        lock (_gate)
        {
            Signal = Signal == 0 ? signal : Signal;
            _child?.Signal(signal);
            _asked.TrySetResult();
        }
    }

    /// <summary>Waits for the child's end.</summary>
    /// <param name="child">The child.</param>
    /// <param name="timeout">How long it may run; zero for ever.</param>
    /// <returns>Its exit code, and whether its time was over.</returns>
    public async Task<(int ExitCode, bool IsTimedOut)> WaitAsync(ChildProcess child, TimeSpan timeout)
    {
        Task asked = _asked.Task;
        bool isTimedOut = false;
        try
        {
            Task first = await Task.WhenAny(child.Exit, asked, Task.Delay(timeout > TimeSpan.Zero ? timeout : Timeout.InfiniteTimeSpan)).ConfigureAwait(false);
            if (first != child.Exit)
            {
                isTimedOut = first != asked;
                if (isTimedOut)
                {
                    child.Signal(ProcessConstants.SIGTERM);
                }

                await Task.WhenAny(child.Exit, Task.Delay(grace)).ConfigureAwait(false);
                child.Signal(ProcessConstants.SIGKILL);
            }

            return (await child.Exit.ConfigureAwait(false), isTimedOut);
        }
        finally
        {
            lock (_gate)
            {
                _child = null;
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
