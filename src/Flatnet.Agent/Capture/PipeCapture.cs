using System.Collections.Concurrent;
using System.Diagnostics;
using Flatnet.Agent.Pipeline;
using Flatnet.Agent.Processes;
using Flatnet.Logs;

namespace Flatnet.Agent.Capture;

/// <summary>
/// Takes what a child writes: one thread reads its pipes, and another makes lines of that and spools them. So a burst costs the
/// child no more than the reading, and a spool that is full makes it wait in its own write.
/// </summary>
internal sealed class PipeCapture
{
    private static readonly TimeSpan PromptAfter = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan WaitingAfter = TimeSpan.FromSeconds(1);

    private readonly CaptureOptions _options;
    private readonly LineEncoder _encoder;
    private readonly LineCutter[] _cutters;
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _remarks = new();
    private readonly Action<TaskState> _changed;
    private OutputQueue? _queue;
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

    /// <summary>The lines that were read and are not encoded yet.</summary>
    public long QueuedLines => Volatile.Read(ref _queue)?.Lines ?? 0;

    /// <summary>Puts a remark of the agent among the lines; from any thread.</summary>
    public void Remark(LogLevel level, string text) => _remarks.Enqueue((level, text));

    /// <summary>Lines below this level are not streamed from now on; from any thread.</summary>
    public void ChangeLevel(LogLevel level) => _encoder.Level = level;

    /// <summary>Takes what the child writes to the end.</summary>
    /// <exception cref="IOException">The lines could not be spooled.</exception>
    public void Run(ChildProcess child)
    {
        using var queue = new OutputQueue(_options.QueueBytes, () => _encoder.IsHeld, TimeProvider.System);
        Volatile.Write(ref _queue, queue);
        var reader = new PipeReader(child, queue);
        var reading = new Thread(reader.Run) { IsBackground = true, Name = "pipes" };
        reading.Start();
        try
        {
            Take(queue);
        }
        finally
        {
            queue.Abandon();
            reading.Join();
        }

        if (reader.IsHeld)
        {
            Remark(LogLevel.Warn, "a process that the task left behind still holds its output; what it writes from now on is lost");
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

    private void Take(OutputQueue queue)
    {
        long lastOutput = Stopwatch.GetTimestamp();
        while (!queue.IsOver)
        {
            if (queue.Take(PromptAfter) is { } block)
            {
                _cutters[block.Source == LogSource.Stdout ? 0 : 1].Add(block.Bytes, block.Timestamp);
                queue.Return(block);
                lastOutput = Stopwatch.GetTimestamp();
                GoesOn();
            }

            TakeRemarks();
            if (queue.IsEmpty)
            {
                // The rest of a line may wait in the queue.
                ShowPrompts(Stopwatch.GetElapsedTime(lastOutput));
                _encoder.Flush();
            }
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
