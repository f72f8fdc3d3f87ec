using Flatnet.Agent.Capture;
using Flatnet.Agent.Processes;
using Flatnet.Agent.Spool;
using Flatnet.Agent.Telemetry;
using Flatnet.Interop;
using Flatnet.Logs;

namespace Flatnet.Agent.Pipeline;

/// <summary>
/// Runs a task from its start to its outcome: every line that it writes is in the spool before <see cref="RunAsync"/> returns,
/// and the outcome behind them.
/// </summary>
internal sealed class TaskRun
{
    private readonly TaskRunOptions _options;
    private readonly SpoolWriter? _spool;
    private readonly Action<TaskState> _changed;
    private readonly PipeCapture _capture;
    private readonly Supervisor _supervisor;

    /// <param name="options">What to run.</param>
    /// <param name="spool">Where its lines go; null when they are not streamed.</param>
    /// <param name="metrics">Where they are counted.</param>
    /// <param name="changed">Hears each state that the task gets into; from any thread.</param>
    public TaskRun(TaskRunOptions options, SpoolWriter? spool, AgentMetrics metrics, Action<TaskState> changed)
    {
        _options = options;
        _spool = spool;
        _changed = changed;
        _supervisor = new Supervisor(options.Grace);
        _capture = new PipeCapture(options.Capture, new LineEncoder(options.Capture, spool, metrics), changed);
        metrics.QueuedLines = () => _capture.QueuedLines;
    }

    /// <summary>Asks the task to end, as a signal to the agent does.</summary>
    public void Stop(int signal)
    {
        _capture.Remark(LogLevel.Warn, $"asked to stop (signal {signal}); the task has {_options.Grace.TotalSeconds:0} seconds to end");
        _supervisor.Stop(signal);
    }

    /// <summary>Lines below this level are not streamed from now on.</summary>
    public void ChangeLevel(LogLevel level) => _capture.ChangeLevel(level);

    /// <summary>Runs the steps and spools how the task ended.</summary>
    /// <exception cref="SpoolException">Lines could not be spooled; the task was ended.</exception>
    public async Task<TaskOutcome> RunAsync()
    {
        using var signals = new StopSignals(Stop);
        _changed(TaskState.Processing);
        int exitCode = 0;
        foreach (TaskStep step in _options.Steps)
        {
            if (step.IsCleanup)
            {
                await RunStepAsync(step).ConfigureAwait(false);
            }
            else if (exitCode == 0)
            {
                exitCode = await RunStepAsync(step).ConfigureAwait(false);
            }
        }

        _capture.Finish();
        var outcome = new TaskOutcome(exitCode);
        _spool?.Complete(outcome);
        _changed(outcome.State);
        return outcome;
    }

    private async Task<int> RunStepAsync(TaskStep step)
    {
        ChildProcess? child;
        try
        {
            var start = new ChildStart(step.File)
            {
                Arguments = step.Arguments,
                WorkDirectory = _options.WorkDirectory,
                Environment = _options.Environment,
            };
            child = _supervisor.Start(start, evenIfStopped: step.IsCleanup);
        }
        catch (CannotRunException error)
        {
            _capture.Remark(LogLevel.Error, $"the {step.Name} did not run: {error.Message}");
            return error.ExitCode;
        }

        if (child is null)
        {
            return ExitCode.Signal + _supervisor.Signal;
        }

        using (child)
        {
            return await CaptureAsync(step, child).ConfigureAwait(false);
        }
    }

    private async Task<int> CaptureAsync(TaskStep step, ChildProcess child)
    {
        _spool?.Bind();
        Task capture = Task.Factory.StartNew(() => Capture(child), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        (int exitCode, bool isTimedOut) = await _supervisor.WaitAsync(child, _options.Timeout).ConfigureAwait(false);
        if (isTimedOut)
        {
            exitCode = ExitCode.TimedOut;
            _capture.Remark(LogLevel.Error, $"the {step.Name} was ended: it ran longer than {_options.Timeout.TotalSeconds:0.###} seconds");
        }

        _spool?.Unbind();
        await capture.ConfigureAwait(false);
        return exitCode;
    }

    // Whoever cannot keep its lines must not go on as if it could.
    private void Capture(ChildProcess child)
    {
        try
        {
            _capture.Run(child);
        }
        catch
        {
            child.Signal(ProcessConstants.SIGKILL);
            throw;
        }
    }
}
