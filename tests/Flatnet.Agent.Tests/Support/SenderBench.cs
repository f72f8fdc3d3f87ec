using System.Text;
using Flatnet.Agent.Configuration;
using Flatnet.Agent.Pipeline;
using Flatnet.Agent.Spool;
using Flatnet.Agent.Telemetry;
using Flatnet.Agent.Transport;
using Flatnet.Logs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flatnet.Agent.Tests.Support;

/// <summary>A spool with one stream, and the sender that brings it to the test's server.</summary>
internal sealed class SenderBench : IAsyncDisposable
{
    private readonly TestDirectory _directory = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ServerLink _link;
    private long _sequence;
    private Task? _running;

    public SenderBench(LogServer server, TimeProvider? time = null, TransportPace? pace = null, params (string Key, string Value)[] settings)
    {
        Time = time ?? new HurriedTime();
        Options = TestOptions.For(server, _directory, settings);
        Spool = new SpoolDirectory(Options.Spool);
        Stream = Spool.Create("task-1");
        Stored = server.Stream("task-1", Stream.StreamId);
        _link = new ServerLink(Options, Time);
        Context = new SenderContext(Stream, Options, pace ?? new TransportPace(), Metrics, Time, Levels.Add);
        Sender = new Sender(_link, Context, Options.Socket, NullLogger.Instance);
    }

    public TimeProvider Time { get; }

    public AgentOptions Options { get; }

    public SpoolDirectory Spool { get; }

    public SpoolStream Stream { get; }

    public SenderContext Context { get; }

    public Sender Sender { get; }

    public AgentMetrics Metrics { get; } = new();

    /// <summary>What the server has of the stream.</summary>
    public StoredStream Stored { get; }

    /// <summary>The levels that the server asked for.</summary>
    public List<LogLevel> Levels { get; } = [];

    /// <summary>The texts of all lines so far.</summary>
    public string[] Expected => [.. Enumerable.Range(1, (int)_sequence).Select(static number => "line " + number)];

    /// <summary>Appends lines as the pipeline does.</summary>
    public void Write(int lines, int padding = 0)
    {
        var records = new RecordBuffer(Stream.StreamId);
        for (int i = 0; i < lines; i++)
        {
            _sequence++;
            string json = $$"""{"timestamp":"2026-01-31T14:05:00.000000000Z","source":"stdout","level":"INFO","message":"line {{_sequence}}","metadata":{"x":"{{new string('x', padding)}}"},"sequence":{{_sequence}}}""";
            records.Add(RecordKind.Line, _sequence, Encoding.UTF8.GetBytes(json));
        }

        Stream.Writer!.Append(records);
    }

    public void Complete(int exitCode = 0) => Stream.Writer!.Complete(new TaskOutcome(exitCode));

    public Task Start() => _running = Sender.RunAsync(_stop.Token);

    public async Task DeliveredAsync()
    {
        await Eventually.CompletesAsync(_running ?? Start());
        Assert.Equal(Expected, Stored.Messages);
        Assert.Empty(Spool.OpenLeftovers());
    }

    public string Path(string name) => _directory.File(name);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_running is not null)
        {
            await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Stream.Dispose();
        _link.Dispose();
        _stop.Dispose();
        _directory.Dispose();
    }
}
