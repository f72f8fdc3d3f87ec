using System.CommandLine;
using System.Globalization;
using Flatnet.Agent.Configuration;
using Flatnet.Agent.Logging;
using Flatnet.Agent.Spool;
using Flatnet.Agent.Telemetry;
using Flatnet.Agent.Transport;
using Flatnet.Logs.Times;

namespace Flatnet.Agent.Commands;

/// <summary><c>spool list</c> and <c>spool flush</c>: the lines that agents left behind.</summary>
internal static class SpoolCommand
{
    private static readonly Option<string> Wait = new("--wait")
    {
        Description = "How long to try.",
        HelpName = "TIME",
        DefaultValueFactory = static _ => "60s",
    };

    public static Command Create()
    {
        var list = new Command("list", "List the streams that ended without having delivered everything.");
        list.SetAction(List);
        var flush = new Command("flush", "Send them.") { AgentFlags.ApiUrl, Wait };
        flush.SetAction(FlushAsync);
        return new Command("spool", "Show or send the lines that wait for the server on this machine's disk.") { list, flush };
    }

    private static int List(ParseResult arguments)
    {
        TextWriter output = CommandServices.Of(arguments).Output;
        IReadOnlyList<SpoolStream> streams = new SpoolDirectory(AgentFlags.Load(arguments).Options.Spool).OpenLeftovers();
        try
        {
            output.WriteLine("TASK\tSTREAM\tLINES\tBYTES\tEXIT");
            foreach (SpoolStream stream in streams)
            {
                string exit = stream.Outcome?.ExitCode.ToString(CultureInfo.InvariantCulture) ?? "unknown";
                output.WriteLine($"{stream.TaskId}\t{stream.StreamId}\t{stream.LastSequence - stream.Acknowledged}\t{stream.Bytes}\t{exit}");
            }
        }
        finally
        {
            Close(streams);
        }

        return ExitCodes.Success;
    }

    private static async Task<int> FlushAsync(ParseResult arguments, CancellationToken cancellation)
    {
        CommandServices services = CommandServices.Of(arguments);
        AgentOptions options = AgentFlags.Load(arguments).Options;
        if (!DurationText.TryParse(arguments.GetRequiredValue(Wait), out TimeSpan wait))
        {
            throw CommandException.Usage($"--wait: expected {DurationText.Forms}.");
        }

        using var log = new AgentLog(options.Logging, services.Output, services.Error, services.Time);
        using var server = new ServerLink(options, services.Time);
        IReadOnlyList<SpoolStream> streams = new SpoolDirectory(options.Spool).OpenLeftovers();
        try
        {
            var replay = new Replay(server, options, services.Pace, new AgentMetrics(), services.Time, log);
            using var limit = new CancellationTokenSource(wait, services.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
            await replay.RunAsync(streams, options.Streaming.MaxConcurrentStreams, runningTask: null, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
            return Report(streams, services.Output);
        }
        finally
        {
            Close(streams);
        }
    }

    private static int Report(IReadOnlyList<SpoolStream> streams, TextWriter output)
    {
        long left = streams.Sum(static stream => stream.LastSequence - stream.Acknowledged);
        int delivered = streams.Count(static stream => stream.Bytes == 0);
        output.WriteLine($"{delivered} of {streams.Count} streams delivered, {left} lines left.");
        return delivered == streams.Count ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static void Close(IReadOnlyList<SpoolStream> streams)
    {
        foreach (SpoolStream stream in streams)
        {
            stream.Dispose();
        }
    }
}
