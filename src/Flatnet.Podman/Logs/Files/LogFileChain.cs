using Microsoft.Win32.SafeHandles;

namespace Flatnet.Podman.Logs;

/// <summary>
/// The files that follow one another at one path. Each is opened as soon as it appears, because the monitor keeps none of those
/// before it: what is open can still be read after it was replaced.
/// </summary>
internal sealed class LogFileChain : IDisposable
{
    // Files waiting to be read take disk space that their removal should have freed.
    private const int MostWaiting = 64;

    private static readonly TimeSpan WatchedPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UnwatchedPause = TimeSpan.FromMilliseconds(250);

    private readonly string _path;
    private readonly Lock _lock = new();
    private readonly Queue<SafeFileHandle> _waiting = new();
    private readonly SemaphoreSlim _changed = new(0);
    private FileIdentity? _newest;
    private FileSystemWatcher? _watcher;
    private Exception? _problem;
    private bool _hasMissed;

    public LogFileChain(string path)
    {
        _path = path;
        Look();
    }

    /// <summary>Takes the next file; the caller disposes of it. False while there is none.</summary>
    /// <exception cref="EngineException">There is one, and it may not be read.</exception>
    public bool TryTake(out SafeFileHandle file)
    {
        Look();
        lock (_lock)
        {
            if (_waiting.TryDequeue(out file!))
            {
                return true;
            }

            return _problem is null ? false : throw new EngineException(
                EngineFailure.Denied, $"Cannot read the log file '{_path}': {_problem.Message}", "Run this as root.", _problem);
        }
    }

    /// <summary>Whether files were not opened because too many waited already; asking forgets it.</summary>
    public bool TakeMissed()
    {
        lock (_lock)
        {
            (bool missed, _hasMissed) = (_hasMissed, false);
            return missed;
        }
    }

    /// <summary>From now on, <see cref="WaitAsync"/> ends as soon as something is written.</summary>
    public void Watch()
    {
        string directory = Path.GetDirectoryName(_path)!;
        if (_watcher is not null || !Directory.Exists(directory))
        {
            return;
        }

        try
        {
            _watcher = new FileSystemWatcher(directory, Path.GetFileName(_path))
            {
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size,
            };
            _watcher.Changed += (_, _) => Wake();
            _watcher.Created += (_, _) => LookAndWake();
            _watcher.Renamed += (_, _) => LookAndWake();
            _watcher.Error += (_, _) => LookAndWake();
            _watcher.EnableRaisingEvents = true;
        }
        catch (Exception problem) when (problem is IOException or ArgumentException)
        {
            // No watches left on this machine, or the directory has just gone: looking now and then does as well.
            _watcher?.Dispose();
            _watcher = null;
        }
    }

    /// <summary>Waits until something may have been written, at most a second.</summary>
    public Task WaitAsync(CancellationToken cancellation)
    {
        return _changed.WaitAsync(_watcher is null ? UnwatchedPause : WatchedPause, cancellation);
    }

    /// <summary>Ends the wait.</summary>
    public void Wake()
    {
        lock (_lock)
        {
            if (_changed.CurrentCount == 0)
            {
                _changed.Release();
            }
        }
    }

    public void Dispose()
    {
        _watcher?.Dispose();
        lock (_lock)
        {
            while (_waiting.TryDequeue(out SafeFileHandle? file))
            {
                file.Dispose();
            }
        }
    }

    private void LookAndWake()
    {
        Look();
        Wake();
    }

    private void Look()
    {
        lock (_lock)
        {
            if (FileIdentity.Of(_path) is not { } found || found == _newest)
            {
                return;
            }

            if (_waiting.Count == MostWaiting)
            {
                _hasMissed = true;
                return;
            }

            if (Open() is not { } file)
            {
                return;
            }

            // It may be another file than a moment ago.
            if (FileIdentity.Of(file) is { } opened && opened != _newest)
            {
                _newest = opened;
                _waiting.Enqueue(file);
            }
            else
            {
                file.Dispose();
            }
        }
    }

    private SafeFileHandle? Open()
    {
        _problem = null;
        try
        {
            return File.OpenHandle(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Told where the file is asked for; here it may be the watcher that looks.
            _problem = problem;
            return null;
        }
    }
}
