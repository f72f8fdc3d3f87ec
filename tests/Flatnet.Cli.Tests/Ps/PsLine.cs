using System.CommandLine;
using System.Text.Json;
using Flatnet.Cli.Hosting;
using Flatnet.Cli.Ps;
using Flatnet.Cli.Terminal;
using Flatnet.Podman;

namespace Flatnet.Cli.Tests.Ps;

/// <summary>Runs <c>flatnet ps</c> with a fake engine and a directory of its own in place of the system's.</summary>
internal sealed class PsLine : IDisposable
{
    private readonly StringWriter _out = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };

    public FakeEngine Engine { get; } = new() { Containers = Sample.Three };

    /// <summary>Finding the engine fails with this.</summary>
    public EngineException? ConnectFailure { get; init; }

    public string Root { get; } = Directory.CreateTempSubdirectory("flatnet-ps-").FullName;

    public Dictionary<string, string> Environment { get; } = new() { ["XDG_CONFIG_HOME"] = "/nonexistent" };

    public TerminalInfo Terminal { get; init; } = TerminalInfo.None;

    public TimeProvider Time { get; init; } = new ManualTime(Sample.Now);

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    /// <summary>What ended the command; null when it ended well.</summary>
    public CommandException? Problem { get; private set; }

    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    public void Dispose()
    {
        Directory.Delete(Root, recursive: true);
        _out.Dispose();
        _error.Dispose();
    }

    public PsLine Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Root + path)!);
        File.WriteAllText(Root + path, content);
        return this;
    }

    /// <summary>Writes Flatnet's lease file.</summary>
    public PsLine WriteLeases(params (string Id, string Address)[] leases) => Write("/var/lib/cni/flatnet/ipam.json", $$"""
        {"version":1,"network":"flatnet","boot":"b","cursors":{},"released":[],"leases":[{{string.Join(',', leases.Select(lease =>
            $$"""{"ip":["{{lease.Address}}"],"id":"{{lease.Id}}","if":"eth0","at":1}"""))}}],"reservations":[]}
        """);

    public Task<int> RunAsync(params string[] arguments) => RunAsync(CancellationToken.None, arguments);

    public async Task<int> RunAsync(CancellationToken cancellation, params string[] arguments)
    {
        var root = new RootCommand();
        root.Options.Add(GlobalOptions.Config);
        root.Options.Add(GlobalOptions.PodmanUrl);
        root.Options.Add(GlobalOptions.Color);
        root.Subcommands.Add(PsCommand.Create((_, _) =>
            ConnectFailure is null ? Task.FromResult<IContainerEngine>(Engine) : Task.FromException<IContainerEngine>(ConnectFailure)));
        ParseResult parsed = root.Parse(["ps", .. arguments]);
        if (parsed.Errors.Count > 0)
        {
            Problem = CommandException.Usage(parsed.Errors[0].Message);
            return Problem.ExitCode;
        }

        var services = new CommandServices(_out, _error, Terminal)
        {
            Environment = Environment.GetValueOrDefault,
            Root = Root,
            Time = Time,
            EnableDefaultExceptionHandler = false,
        };
        try
        {
            return await parsed.InvokeAsync(services, cancellation);
        }
        catch (CommandException problem)
        {
            Problem = problem;
            return problem.ExitCode;
        }
    }
}
