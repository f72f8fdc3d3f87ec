using System.Diagnostics;
using System.Globalization;
using Flatnet.Bench.Report;
using Flatnet.LogBench.Load;
using Flatnet.Logs;
using Flatnet.Logs.Wire;
using Flatnet.LogServer.Harness;

namespace Flatnet.LogBench.Scenarios;

/// <summary>A thousand viewers of one task at 100 lines a second: from the sending of a line by its agent, commit included, to its viewers.</summary>
internal static class FanOut
{
    private const string TaskName = "fanout";
    private const string Mark = "sent-at=";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    public static async Task<IReadOnlyList<Row>> RunAsync(Options options)
    {
        int viewers = options.Amount(1000);
        int lines = options.Amount(2000);
        using LogServerProcess server = await LogServerProcess.StartAsync(options.Server, options.NewDirectory("fanout"), LogServerProcess.NoLimits);
        await Ingest.SendAsync(server, TaskName, Ingest.Make(9, 1000));
        var connections = new List<ViewerConnection>();
        try
        {
            var watching = new Watching();
            await AddAsync(server, connections, viewers, watching.Receive);
            // Once without judging: code that has not run yet.
            await RunAsync(server, "warm-up", lines / 4, watching, viewers);
            double alone = await RunAsync(server, "alone", lines, watching, viewers);
            await AddAsync(server, connections, viewers, onFrame: null);
            double beside = await RunAsync(server, "beside", lines, watching, viewers);
            return
            [
                new Row
                {
                    What = string.Create(CultureInfo.InvariantCulture, $"fan-out to {viewers} viewers at 100 lines/s, p99"),
                    Ours = Row.Format(alone, " ms"),
                    Theirs = "",
                    Figure = alone,
                    Unit = " ms",
                    Bound = 3 * 100,
                    Aim = 30,
                },
                new Row
                {
                    What = string.Create(CultureInfo.InvariantCulture, $"the same with {viewers} stalled viewers added, against without"),
                    Ours = Row.Format(beside, " ms"),
                    Theirs = Row.Format(alone, " ms"),
                    Figure = beside / alone,
                    Bound = 3 * 1.2,
                    Aim = 1.2,
                },
            ];
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }

    private static async Task AddAsync(LogServerProcess server, List<ViewerConnection> connections, int count, Action<ReadOnlyMemory<byte>>? onFrame)
    {
        for (int i = 0; i < count; i++)
        {
            ViewerConnection viewer = await ViewerConnection.OpenAsync(server.Socket(TaskName), LogServerProcess.Token, new SubscribeMessage(TaskName, new SubscribeOptions { Tail = 0, Batch = true }));
            connections.Add(viewer);
            if (onFrame is not null)
            {
                viewer.Read(onFrame);
            }
        }
    }

    private static async Task<double> RunAsync(LogServerProcess server, string streamId, int lines, Watching watching, int viewers)
    {
        watching.Start(lines * viewers);
        await using AgentConnection agent = await AgentConnection.OpenAsync(server.Socket(TaskName), LogServerProcess.Token);
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < lines; i++)
        {
            TimeSpan wait = (Interval * i) - Stopwatch.GetElapsedTime(begin);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait);
            }

            await agent.SendAsync(Frames.Logs(streamId, i + 1, 1, sequence => new LogEntry
            {
                Timestamp = 1_790_000_000_000_000_000 + sequence,
                Source = LogSource.Stdout,
                Level = LogLevel.Info,
                Message = SampleLines.Message(sequence)[..160] + Mark + Stopwatch.GetTimestamp().ToString("D20", CultureInfo.InvariantCulture),
                Sequence = sequence,
            }));
        }

        return Percentiles.P99(await watching.EndAsync());
    }

    /// <summary>The delays of all lines at all viewers.</summary>
    private sealed class Watching
    {
        private readonly Lock _lock = new();
        private List<double> _delays = [];
        private int _expected;
        private TaskCompletionSource _all = new();

        public void Start(int expected)
        {
            lock (_lock)
            {
                _delays = new List<double>(expected);
                _expected = expected;
                _all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        public void Receive(ReadOnlyMemory<byte> frame)
        {
            long now = Stopwatch.GetTimestamp();
            ReadOnlySpan<byte> rest = frame.Span;
            while (rest.IndexOf("sent-at="u8) is var found and >= 0)
            {
                rest = rest[(found + Mark.Length)..];
                long sent = long.Parse(rest[..20], CultureInfo.InvariantCulture);
                lock (_lock)
                {
                    _delays.Add(Stopwatch.GetElapsedTime(sent, now).TotalMilliseconds);
                    if (_delays.Count == _expected)
                    {
                        _all.SetResult();
                    }
                }
            }
        }

        public async Task<List<double>> EndAsync()
        {
            try
            {
                await _all.Task.WaitAsync(TimeSpan.FromSeconds(60));
            }
            catch (TimeoutException)
            {
                throw new BenchException($"{_delays.Count} of {_expected} lines came to their viewers");
            }

            return _delays;
        }
    }
}
