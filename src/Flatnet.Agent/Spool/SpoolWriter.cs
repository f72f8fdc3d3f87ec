using System.Diagnostics;
using System.Text.Json;
using Flatnet.Agent.Pipeline;
using Flatnet.Interop;
using Flatnet.Logs.Wire;
using Microsoft.Win32.SafeHandles;

namespace Flatnet.Agent.Spool;

/// <summary>Appends to a stream. A line is spooled when <see cref="Append"/> returns: from then on the end of this process does not lose it.</summary>
internal sealed class SpoolWriter : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    // How long a full disk is waited for when the task has ended already.
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(30);

    private readonly string _directory;
    private readonly SpoolOptions _options;
    private readonly SegmentList _segments;
    private readonly SegmentSync _sync = new();
    private SafeFileHandle? _file;
    private long _length;
    private long? _ended;

    internal SpoolWriter(string directory, string streamId, SpoolOptions options, SegmentList segments)
    {
        _directory = directory;
        _options = options;
        _segments = segments;
        StreamId = streamId;
    }

    public string StreamId { get; }

    /// <summary>The last line's sequence.</summary>
    public long LastSequence => _segments.LastSequence;

    /// <summary>How many lines gave way to newer ones.</summary>
    public long Dropped { get; private set; }

    /// <summary>The task waits, because there is no room.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Why the last write could not be forced onto the disk; null when it could.</summary>
    public string? SyncFailure => _sync.Failure;

    /// <summary>Appends lines. Waits for room when the spool is full and lines must not be dropped.</summary>
    /// <exception cref="SpoolException">They could not be written.</exception>
    public void Append(RecordBuffer records)
    {
        if (records.Length == 0)
        {
            return;
        }

        MakeRoom(records.Length);
        if (_file is null || (_length > 0 && _length + records.Length > _options.SegmentBytes))
        {
            Begin(records.FirstSequence);
        }

        Write(records.Written);
        _length += records.Length;
        _segments.Publish(_length, records.LastSequence);
        Sync();
    }

    /// <summary>A child has ended: what is still in its pipes and in memory is taken even if the spool is full.</summary>
    public void Unbind()
    {
        _ended = Stopwatch.GetTimestamp();
        _segments.SetBounded(false);
    }

    /// <summary>A child begins: a full spool makes it wait.</summary>
    public void Bind()
    {
        _ended = null;
        _segments.SetBounded(true);
    }

    /// <summary>Writes how the task ended; nothing may follow.</summary>
    /// <exception cref="SpoolException">It could not be written.</exception>
    public void Complete(TaskOutcome outcome)
    {
        try
        {
            var records = new RecordBuffer(StreamId, RecordFormat.HeaderLength * 8);
            var message = new StatusMessage(outcome.State.Name(), outcome.ExitCode, StreamId);
            records.Add(RecordKind.Outcome, LastSequence, JsonSerializer.SerializeToUtf8Bytes(message, WireJson.Default.StatusMessage));
            if (_file is null)
            {
                Begin(LastSequence + 1);
            }

            Write(records.Written);
            _length += records.Length;
            _segments.Publish(_length, LastSequence);
            Close();
            _sync.Run();
        }
        finally
        {
            _segments.End(outcome);
        }
    }

    public void Dispose()
    {
        Close();
        _sync.Dispose();
    }

    private void MakeRoom(int size)
    {
        while (!_segments.WaitForRoom(size, _options.Overflow == SpoolOverflow.Block ? Patience : TimeSpan.Zero))
        {
            if (_options.Overflow == SpoolOverflow.Block)
            {
                IsFull = true;
            }
            else if (!DropOldest())
            {
                return;
            }
        }

        IsFull = false;
    }

    private bool DropOldest()
    {
        long? dropped = _segments.DropOldest();
        Dropped += dropped ?? 0;
        return dropped is not null;
    }

    private void Begin(long firstSequence)
    {
        var segment = new Segment(_directory, firstSequence, 0, DateTime.UtcNow);
        SafeFileHandle file = Create(segment.Path);
        Close();
        _file = file;
        _length = 0;
        _segments.Begin(segment);
    }

    private SafeFileHandle Create(string path)
    {
        while (true)
        {
            try
            {
                return SpoolFiles.CreateNew(path);
            }
            catch (IOException error)
            {
                WaitForDisk(error);
            }
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            try
            {
                // At the same place again after a failure, so that half a record never stays.
                RandomAccess.Write(_file!, bytes, _length);
                IsFull = false;
                return;
            }
            catch (IOException error)
            {
                WaitForDisk(error);
            }
        }
    }

    private void WaitForDisk(IOException error)
    {
        bool isOutOfPatience = _ended is { } ended && Stopwatch.GetElapsedTime(ended) > LastPatience;
        if (error.HResult is not (Errno.ENOSPC or Errno.EDQUOT) || isOutOfPatience)
        {
            throw error as SpoolException
                ?? new SpoolException($"cannot write to {_directory}: {error.Message} Make room, or name another directory with spool.dir.", error);
        }

        IsFull = true;
        if (_options.Overflow == SpoolOverflow.Block || !DropOldest())
        {
            Thread.Sleep(Patience);
        }
    }

    private void Sync()
    {
        if (_options.Fsync == SpoolFsync.Batch)
        {
            _sync.Request(_file!);
        }
        else if (_options.Fsync == SpoolFsync.Always)
        {
            SpoolFiles.Sync(_file!);
        }
    }

    private void Close()
    {
        if (_options.Fsync == SpoolFsync.Never)
        {
            _file?.Dispose();
        }
        else if (_file is not null)
        {
            _sync.Close(_file);
        }

        _file = null;
    }
}
