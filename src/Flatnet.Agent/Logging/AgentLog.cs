using System.Text;
using Flatnet.Agent.Configuration;
using Microsoft.Extensions.Logging;

namespace Flatnet.Agent.Logging;

/// <summary>
/// The agent's own log. On a stream that it shares with the task's echo each line begins with the agent's name, so that the two can be told apart.
/// </summary>
internal sealed class AgentLog : ILogger, IDisposable
{
    private readonly LogLevel _level;
    private readonly bool _isJson;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly TextWriter _output;
    private readonly LogFile? _file;

    /// <param name="options">Where it goes.</param>
    /// <param name="stdout">Standard output.</param>
    /// <param name="stderr">Standard error.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public AgentLog(LoggingOptions options, TextWriter stdout, TextWriter stderr, TimeProvider time)
    {
        _level = options.Level;
        _isJson = options.IsJson;
        _time = time;
        _file = options.Output == LogOutput.File ? new LogFile(options, time) : null;
        _output = options.Output == LogOutput.Stdout ? stdout : stderr;
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= _level && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        string message = formatter(state, exception);
        string line = _isJson ? LogLine.Json(_time.GetUtcNow(), logLevel, eventId, message, state as IReadOnlyList<KeyValuePair<string, object?>>, exception)
            : LogLine.Text(_file is null ? null : _time.GetUtcNow(), logLevel, message, exception);
        lock (_lock)
        {
            Write(line);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _file?.Dispose();
        }
    }

    // A log that cannot be written must not end the task.
    private void Write(string line)
    {
        try
        {
            if (_file is not null)
            {
                _file.Write(Encoding.UTF8.GetBytes(line + "\n"));
                return;
            }

            _output.Write(line + "\n");
            _output.Flush();
        }
        catch (IOException)
        {
            // Nobody reads any more, or the disk is full.
        }
    }
}
