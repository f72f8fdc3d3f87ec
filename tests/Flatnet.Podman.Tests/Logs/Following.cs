using System.Threading.Channels;

namespace Flatnet.Podman.Tests.Logs;

/// <summary>Reads a log in the background, as a person at a terminal does.</summary>
internal sealed class Following : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _leaving = new();
    private readonly Channel<LogRecord> _lines = Channel.CreateUnbounded<LogRecord>();
    private readonly Task _reading;

    public Following(IContainerLog log, LogQuery query)
    {
        _reading = Task.Run(async () =>
        {
            try
            {
                await foreach (LogRecord line in log.ReadAsync(query, _leaving.Token))
                {
                    _lines.Writer.TryWrite(line);
                }

                _lines.Writer.Complete();
            }
            catch (Exception problem)
            {
                _lines.Writer.Complete(problem);
            }
        });
    }

    /// <summary>The next lines, so many.</summary>
    public async Task<List<string>> NextAsync(int count)
    {
        using CancellationTokenSource limit = new(Patience);
        List<string> lines = [];
        while (lines.Count < count)
        {
            lines.Add((await _lines.Reader.ReadAsync(limit.Token)).Text());
        }

        return lines;
    }

    /// <summary>All further lines up to the end of the reading.</summary>
    public async Task<List<string>> RestAsync()
    {
        await _reading.WaitAsync(Patience);
        return (await _lines.Reader.ReadAllAsync().ToListAsync()).ConvertAll(line => line.Text());
    }

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _reading;
        _leaving.Dispose();
    }
}
