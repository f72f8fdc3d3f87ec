namespace Flatnet.Agent.Capture;

/// <summary>
/// What was read and is not spooled yet, in order: a child that writes in bursts does not wait for what becomes of its lines.
/// When the queue holds all that it may, or nothing can be spooled, whoever reads waits, and so does the child.
/// </summary>
/// <param name="maxBytes">What it may hold.</param>
/// <param name="isHeld">Whether nothing can be spooled just now.</param>
internal sealed class OutputQueue(long maxBytes, Func<bool> isHeld) : IDisposable
{
    // How often is looked whether something can be spooled again.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    // Reads within a millisecond are one, as far as their time is concerned.
    private const long Moment = 1_000_000;
    private const int MostSpare = 8;

    private readonly object _gate = new();
    private readonly Queue<OutputBlock> _blocks = new();
    private readonly Stack<OutputBlock> _spare = new();
    private OutputBlock? _last;
    private long _lines;
    private bool _isEnded;
    private bool _isAbandoned;

    /// <summary>The lines that wait.</summary>
    public long Lines => Interlocked.Read(ref _lines);

    /// <summary>Memory to read into.</summary>
    public OutputBlock Rent()
    {
        lock (_gate)
        {
            return _spare.TryPop(out OutputBlock? block) ? block : new OutputBlock();
        }
    }

    /// <summary>The memory is not used any more.</summary>
    public void Return(OutputBlock block)
    {
        lock (_gate)
        {
            if (_spare.Count < MostSpare)
            {
                _spare.Push(block);
                return;
            }
        }

        block.Dispose();
    }

    /// <summary>Puts a block behind the others; waits before that while there are too many.</summary>
    /// <returns>False when nobody wants it any more.</returns>
    public bool Add(OutputBlock block)
    {
        lock (_gate)
        {
            if (_last is { } last && last.Source == block.Source && block.Timestamp - last.Timestamp is >= 0 and < Moment && last.TryAdd(block))
            {
                _lines += block.Lines;
                _spare.Push(block);
                return true;
            }

            while (!_isAbandoned && _blocks.Count > 0 && ((_blocks.Count + 1L) * OutputBlock.Size > maxBytes || isHeld()))
            {
                Monitor.Wait(_gate, Patience);
            }

            _blocks.Enqueue(block);
            _lines += block.Lines;
            _last = block;
            Monitor.PulseAll(_gate);
            return !_isAbandoned;
        }
    }

    /// <summary>The next block; null when none came within this time, or none will come.</summary>
    public OutputBlock? Take(TimeSpan patience)
    {
        lock (_gate)
        {
            if (_blocks.Count == 0 && !_isEnded)
            {
                Monitor.Wait(_gate, patience);
            }

            if (!_blocks.TryDequeue(out OutputBlock? block))
            {
                return null;
            }

            _lines -= block.Lines;
            _last = block == _last ? null : _last;
            Monitor.PulseAll(_gate);
            return block;
        }
    }

    /// <summary>There is nothing to take just now.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _blocks.Count == 0;
            }
        }
    }

    /// <summary>Everything was taken, and nothing more comes.</summary>
    public bool IsOver
    {
        get
        {
            lock (_gate)
            {
                return _isEnded && _blocks.Count == 0;
            }
        }
    }

    /// <summary>Nobody takes anything more: a child that is silent must not be waited for.</summary>
    public bool IsAbandoned
    {
        get
        {
            lock (_gate)
            {
                return _isAbandoned;
            }
        }
    }

    /// <summary>Nothing more comes.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isEnded = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Nothing more is taken.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            _isAbandoned = true;
            Monitor.PulseAll(_gate);
        }
    }

    public void Dispose()
    {
        foreach (OutputBlock block in _blocks.Concat(_spare))
        {
            block.Dispose();
        }
    }
}
