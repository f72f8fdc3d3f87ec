using System.Collections.Concurrent;
using System.Text.Json;
using Flatnet.Agent.Capture;
using Flatnet.Agent.Pipeline;
using Flatnet.Agent.Spool;
using Flatnet.Agent.Telemetry;
using Flatnet.Agent.Tests.Spool;
using Flatnet.Logs;
using Flatnet.Logs.Wire;

namespace Flatnet.Agent.Tests.Pipeline;

/// <summary>Runs scripts as tasks, with a spool and a work directory of their own.</summary>
internal sealed class TaskBench : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly TemporarySpool _spool = new(maxBytes: 1 << 30);
    private readonly DirectoryInfo _work = Directory.CreateTempSubdirectory("flatnet-task-");

    public string WorkDirectory => _work.FullName;

    public ConcurrentQueue<TaskState> States { get; } = new();

    public AgentMetrics Metrics { get; } = new();

    public TimeSpan Timeout { get; init; }

    public CaptureOptions Capture { get; init; } = new();

    /// <summary>Writes a script that may be run.</summary>
    public string Script(string name, string text, bool isExecutable = true)
    {
        string path = Path.Combine(WorkDirectory, name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | (isExecutable ? UnixFileMode.UserExecute : 0));
        return path;
    }

    public Task<(TaskOutcome Outcome, List<LogEntry> Lines)> RunAsync(string script) => RunAsync([new TaskStep("script", Script("script", script))]);

    /// <summary>Runs to the end and reads what was spooled.</summary>
    /// <param name="steps">The task.</param>
    /// <param name="meanwhile">Called once it runs.</param>
    /// <param name="workDirectory">Another work directory than ours.</param>
    public async Task<(TaskOutcome Outcome, List<LogEntry> Lines)> RunAsync(IReadOnlyList<TaskStep> steps, Action<TaskRun>? meanwhile = null, string? workDirectory = null)
    {
        using SpoolStream stream = _spool.Directory.Create("task");
        var options = new TaskRunOptions
        {
            Steps = steps,
            WorkDirectory = workDirectory ?? WorkDirectory,
            Environment = new Dictionary<string, string> { ["FROM_TASK"] = "value of it" },
            Timeout = Timeout,
            Grace = TimeSpan.FromSeconds(0.5),
            Capture = Capture,
        };
        var run = new TaskRun(options, stream.Writer, Metrics, States.Enqueue);
        Task<TaskOutcome> running = run.RunAsync();
        meanwhile?.Invoke(run);
        TaskOutcome outcome = await running.WaitAsync(Limit);
        return (outcome, await ReadAsync(stream));
    }

    /// <summary>Nothing can be spooled from now on.</summary>
    public void BreakSpool()
    {
        foreach (string directory in Directory.GetDirectories(_spool.Path))
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    public static void WaitUntil(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, Limit));

    public void Dispose()
    {
        _spool.Dispose();
        _work.Delete(recursive: true);
    }

    private static async Task<List<LogEntry>> ReadAsync(SpoolStream stream)
    {
        var entries = new List<LogEntry>();
        while (await stream.ReadAsync(entries.Count, 500, 256 * 1024, CancellationToken.None) is { } batch)
        {
            entries.AddRange(batch.Lines.Select(line => Entry(line, stream.StreamId)));
            batch.Dispose();
        }

        Assert.Equal(Enumerable.Range(1, entries.Count).Select(n => (long)n), entries.Select(entry => entry.Sequence));
        return entries;
    }

    private static LogEntry Entry(ReadOnlyMemory<byte> line, string streamId)
    {
        var reader = new Utf8JsonReader(line.Span);
        reader.Read();
        return LogEntryJson.Read(ref reader, received: 0, streamId);
    }
}
