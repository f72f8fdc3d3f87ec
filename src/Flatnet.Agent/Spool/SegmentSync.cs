using Microsoft.Win32.SafeHandles;

namespace Flatnet.Agent.Spool;

/// <summary>Forces segments onto the disk a little later, many writes at once, so that the task is not slowed to the disk's pace.</summary>
internal sealed class SegmentSync : IDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);

    private readonly object _gate = new();
    private readonly object _running = new();
    private readonly List<SafeFileHandle> _closing = [];
    private readonly Timer _timer;
    private SafeFileHandle? _dirty;

    public SegmentSync() => _timer = new Timer(_ => Run());

    /// <summary>Why it did not work the last time.</summary>
    public string? Failure { get; private set; }

    /// <summary>Something was written to this file.</summary>
    public void Request(SafeFileHandle file)
    {
        lock (_gate)
        {
            Arm();
            _dirty = file;
        }
    }

    /// <summary>Nothing more will be written to this file: it is closed when its content is safe.</summary>
    public void Close(SafeFileHandle file)
    {
        lock (_gate)
        {
            Arm();
            _closing.Add(file);
            _dirty = _dirty == file ? null : _dirty;
        }
    }

    /// <summary>Now.</summary>
    public void Run()
    {
        // One at a time, so that what was asked for before this call is done after it.
        lock (_running)
        {
            SafeFileHandle? dirty;
            SafeFileHandle[] closing;
            lock (_gate)
            {
                dirty = _dirty;
                closing = [.. _closing];
                _dirty = null;
                _closing.Clear();
            }

            foreach (SafeFileHandle file in closing)
            {
                Sync(file);
                file.Dispose();
            }

            if (dirty is not null)
            {
                Sync(dirty);
            }
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        Run();
    }

    // Under the lock.
    private void Arm()
    {
        if (_dirty is null && _closing.Count == 0)
        {
            _timer.Change(Delay, Timeout.InfiniteTimeSpan);
        }
    }

    private void Sync(SafeFileHandle file)
    {
        try
        {
            SpoolFiles.Sync(file);
        }
        catch (SpoolException error)
        {
            Failure = error.Message;
        }
    }
}
