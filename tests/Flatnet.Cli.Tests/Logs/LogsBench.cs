using System.CommandLine;
using System.Text;
using Flatnet.Cli.Configuration;
using Flatnet.Cli.Hosting;
using Flatnet.Cli.Logs;
using Flatnet.Cli.Terminal;
using Flatnet.Cli.Tests.Times;
using Flatnet.Podman;

namespace Flatnet.Cli.Tests.Logs;

/// <summary>Runs <c>flatnet logs</c> with sources in memory.</summary>
internal sealed class LogsBench : IDisposable
{
    public const long Second = 1_000_000_000;

    public static readonly DateTimeOffset Now = new(2026, 3, 10, 14, 30, 0, TimeSpan.Zero);

    /// <summary>10 March 2026, 14:00 UTC, in nanoseconds.</summary>
    public const long Begin = 1_773_151_200L * Second;

    private readonly Dictionary<string, IReadOnlyList<LogRecord>> _logs = [];

    public FakeEngine Engine { get; } = new();

    public FakeLoki Loki { get; } = new();

    public string Root { get; } = Directory.CreateTempSubdirectory("flatnet-logs-").FullName;

    public Settings Settings { get; set; } = new();

    public TerminalInfo Terminal { get; set; } = TerminalInfo.None;

    public EngineException? EngineFailure { get; set; }

    /// <summary>Printed to instead of <see cref="Out"/>.</summary>
    public TextWriter? Output { get; set; }

    /// <summary>The log of every container, instead of those in memory.</summary>
    public IContainerLog? Log { get; set; }

    public string Out { get; private set; } = "";

    public string Error { get; private set; } = "";

    /// <summary>A container whose lines are one second apart.</summary>
    public void Container(string name, params string[] lines) => Container(name, 0, lines);

    public void Container(string name, long offset, params string[] lines)
    {
        Engine.Containers.Add(FakeEngine.Details(name, Convert.ToHexStringLower(Encoding.UTF8.GetBytes(name)), ("app", name)));
        _logs[name] = [.. lines.Select((line, i) => line.StartsWith("! ", StringComparison.Ordinal)
            ? new LogRecord(Begin + (i * Second) + offset, LogChannel.Error, Encoding.UTF8.GetBytes(line[2..]))
            : new LogRecord(Begin + (i * Second) + offset, LogChannel.Output, Encoding.UTF8.GetBytes(line)))];
    }

    public string File(string path, params string[] lines)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Root + path)!);
        System.IO.File.WriteAllText(Root + path, string.Concat(lines.Select(line => line + "\n")));
        return Root + path;
    }

    public async Task<int> RunAsync(params string[] words)
    {
        var command = new Command("logs", "");
        var syntax = new LogsSyntax();
        syntax.AddTo(command);
        ParseResult arguments = command.Parse(words);
        Assert.Empty(arguments.Errors);
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var time = new FixedTime(Now, "Asia/Tokyo");
        var context = new CommandContext { Out = Output ?? output, Error = error, Terminal = Terminal, Settings = Settings, Root = Root, Time = time };
        var services = new LogServices
        {
            ConnectEngine = _ => EngineFailure is null ? Task.FromResult<IContainerEngine>(Engine) : throw EngineFailure,
            OpenLog = (_, details, _) => Log ?? new FakeLog(_logs[details.Container.Names[0]]),
            Loki = () => Loki,
            Tasks = note => new TaskLogs(Settings.ServerUrl!, Settings.ServerToken, note),
        };
        try
        {
            return await new LogsRun(context, services, syntax.Bind(arguments, time)).RunAsync(CancellationToken.None);
        }
        finally
        {
            Out = output.ToString();
            Error = error.ToString();
        }
    }

    public async Task<CommandException> FailAsync(params string[] words) => await Assert.ThrowsAsync<CommandException>(() => RunAsync(words));

    /// <summary>What is printed, without the exit code, which is 0.</summary>
    public async Task<string> LinesAsync(params string[] words)
    {
        Assert.Equal(0, await RunAsync(words));
        return Out;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
