using System.CommandLine;
using Flatnet.Agent.Configuration;
using Flatnet.Agent.Logging;
using Flatnet.Agent.Pipeline;
using Flatnet.Agent.Spool;
using Flatnet.Agent.Transport;

namespace Flatnet.Agent.Commands;

/// <summary><c>execute</c>: runs a task, and exits as it does when its last line is delivered.</summary>
internal static class ExecuteCommand
{
    public const string Name = "execute";

    private static readonly Option<string?> Script = new("--script")
    {
        Description = "What to run. Without it, and without a command, the server is asked for the task's scripts.",
        HelpName = "FILE",
    };

    private static readonly Argument<string[]> Program = new("COMMAND")
    {
        Description = "Behind --: a program and its arguments, instead of a script.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Command Create()
    {
        var command = new Command(Name, "Run a task and stream its output. Exits with the task's code; 124 after --timeout, 125 when the agent failed.")
        {
            Program,
            Script,
            AgentFlags.TaskId,
            AgentFlags.ApiUrl,
            AgentFlags.WorkDirectory,
            AgentFlags.LogLevel,
            AgentFlags.DetectsInput,
            AgentFlags.Timeout,
            AgentFlags.DisableStreaming,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        CommandServices services = CommandServices.Of(arguments);
        AgentOptions options = AgentFlags.Load(arguments).Options;
        string task = AgentFlags.RequireTask(options);
        using var log = new AgentLog(options.Logging, services.Output, services.Error, services.Time);
        using var server = new ServerLink(options, services.Time);
        using TaskProgram program = await TaskProgram.FindAsync(
            arguments.GetValue(Script), arguments.GetValue(Program) ?? [], task, options, server, services, cancellation).ConfigureAwait(false);
        if (!options.Streaming.IsEnabled)
        {
            return (await new TaskRun(program.Options, null, new Telemetry.AgentMetrics(), static _ => { }).RunAsync().ConfigureAwait(false)).ExitCode;
        }

        var spool = new SpoolDirectory(options.Spool);
        IReadOnlyList<SpoolStream> leftovers = spool.OpenLeftovers();
        using SpoolStream stream = spool.Create(task);
        await using var streamed = new StreamedTask(server, stream, leftovers, options, services, log);
        return await streamed.RunAsync(program.Options, cancellation).ConfigureAwait(false);
    }
}
