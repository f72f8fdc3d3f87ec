namespace Flatnet.Cli.Terminal;

/// <summary>Says on standard error what takes so long, once a second has passed, and wipes it away when it is over. Only on a terminal.</summary>
internal sealed class ProgressNote : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly TextWriter _error;
    private readonly string _what;
    private readonly ITimer? _timer;
    private readonly Lock _lock = new();
    private int _seconds;
    private bool _isOver;

    private ProgressNote(TextWriter error, TerminalInfo terminal, TimeProvider time, string what)
    {
        _error = error;
        _what = what;
        _timer = terminal is { IsError: true, IsOutput: true } ? time.CreateTimer(static note => ((ProgressNote)note!).Show(), this, Patience, Patience) : null;
    }

    /// <summary>Begins to wait.</summary>
    /// <param name="error">Standard error.</param>
    /// <param name="terminal">Whether it is a terminal.</param>
    /// <param name="time">The clock.</param>
    /// <param name="what">What is being done, such as <c>asking Podman</c>.</param>
    public static ProgressNote Start(TextWriter error, TerminalInfo terminal, TimeProvider time, string what) => new(error, terminal, time, what);

    /// <summary>Ends it, before anything else is printed.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        lock (_lock)
        {
            if (_seconds > 0 && !_isOver)
            {
                _error.Write("\r\u001b[K");
            }

            _isOver = true;
        }
    }

    private void Show()
    {
        lock (_lock)
        {
            if (!_isOver)
            {
                _seconds++;
                _error.Write($"\r\u001b[K{_what} … {_seconds} s");
            }
        }
    }
}
