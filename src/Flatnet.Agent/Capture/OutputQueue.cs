namespace Flatnet.Agent.Capture;

/// <summary>
/// What was read and is not spooled yet, in order: a child that writes in bursts does not wait for what becomes of its lines, nor
/// share the processors with it. When the queue holds all that it may, or nothing can be spooled, whoever reads waits, and so does the child.
/// </summary>
/// <param name="maxBytes">What it may hold.</param>
/// <param name="isHeld">Whether nothing can be spooled just now.</param>
/// <param name="time">Tells bursts.</param>
internal sealed class OutputQueue(long maxBytes, Func<bool> isHeld, TimeProvider time) : IDisposable
{
    // How often is looked whether something can be spooled again.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    // So much waits only when the child writes faster than lines are made of it: more of them than anybody follows with his eyes.
    private const long BurstBytes = 8 << 20;

    // A child that wrote nothing for so long has done with its burst.
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(5);

    // For so long a burst is only read.
    private static readonly TimeSpan LongestBurst = TimeSpan.FromSeconds(2);

    // Reads within a millisecond are one, as far as their time is concerned.
    private const long Moment = 1_000_000;
    private const int MostSpare = 8;

    private readonly object _gate = new();
    private readonly Queue<OutputBlock> _blocks = new();
    private readonly Stack<OutputBlock> _spare = new();
    private OutputBlock? _last;
    private long _lines;
    private long _lastAdded;
    private long? _burstBegan;
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
            _lastAdded = time.GetTimestamp();
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
            if (_blocks.Count == 1)
            {
                Monitor.PulseAll(_gate);
            }

            if (HeldBytes >= BurstBytes && _burstBegan is null)
            {
                _burstBegan = _lastAdded;
            }

            return !_isAbandoned;
        }
    }

    /// <summary>The next block, when a burst is over; null when none came within this time, or none will come.</summary>
    public OutputBlock? Take(TimeSpan patience)
    {
        lock (_gate)
        {
            if (_blocks.Count == 0 && !_isEnded)
            {
                Monitor.Wait(_gate, patience);
            }

            WaitForCalm();
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

    private long HeldBytes => _blocks.Count * (long)OutputBlock.Size;

    // There must be room left to make use of the time until the lines are made.
    private bool IsBurst => !_isEnded && HeldBytes >= BurstBytes && HeldBytes < maxBytes / 4 * 3
        && time.GetElapsedTime(_lastAdded) < Calm && _burstBegan is { } began && time.GetElapsedTime(began) < LongestBurst;

    private void WaitForCalm()
    {
        while (IsBurst)
        {
            Monitor.Wait(_gate, Calm);
        }

        if (HeldBytes < BurstBytes)
        {
            _burstBegan = null;
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
