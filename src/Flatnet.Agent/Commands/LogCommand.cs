using System.CommandLine;
using System.Text.Json;
using Flatnet.Agent.Configuration;
using Flatnet.Agent.Transport;
using Flatnet.Agent.Transport.Http;
using Flatnet.Logs;
using Flatnet.Logs.Redaction;
using Flatnet.Logs.Times;
using Flatnet.Logs.Wire;

namespace Flatnet.Agent.Commands;

/// <summary><c>log LEVEL MESSAGE</c>: one line of the agent's own in the task's log, for scripts.</summary>
internal static class LogCommand
{
    private static readonly Argument<string> Level = new("LEVEL") { Description = "TRACE, DEBUG, INFO, WARN, ERROR or FATAL." };

    private static readonly Argument<string> Message = new("MESSAGE") { Description = "The text." };

    public static Command Create()
    {
        var command = new Command("log", "Write one line into a task's log.")
        {
            Level,
            Message,
            AgentFlags.TaskId,
            AgentFlags.ApiUrl,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        CommandServices services = CommandServices.Of(arguments);
        string name = arguments.GetRequiredValue(Level);
        if (!LogLevelNames.TryParse(name, out LogLevel level))
        {
            throw CommandException.Usage($"'{name}' is no level: write TRACE, DEBUG, INFO, WARN, ERROR or FATAL.");
        }

        AgentOptions options = AgentFlags.Load(arguments).Options;
        string task = AgentFlags.RequireTask(options);
        using var server = new ServerLink(options, services.Time);
        if (Line(arguments.GetRequiredValue(Message), level, options, services.Time) is not { } line)
        {
            return ExitCodes.Success;
        }

        PostedLines answer = await Retries.RunAsync(options.Api, services.Time, () => server.Api.PostLinesAsync(task, line, cancellation), cancellation).ConfigureAwait(false);
        return answer.Rejected is [RejectedLine rejected, ..]
            ? throw new CommandException($"The server does not take the line: {rejected.Code}: {rejected.Message}")
            : ExitCodes.Success;
    }

    // With an identity, so that a repetition after a lost answer does not make two of it. Null when the filters leave it out.
    private static byte[]? Line(string message, LogLevel level, AgentOptions options, TimeProvider time)
    {
        LogEntry? entry = new LineRedactor(options.Filter).Redact(new LogEntry
        {
            Timestamp = Rfc3339.Now(time),
            Source = LogSource.Agent,
            Level = level,
            Message = message,
            StreamId = Guid.NewGuid().ToString(),
            Sequence = 1,
        });
        if (entry is null)
        {
            return null;
        }

        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            LogEntryJson.WriteMembers(writer, entry);
            writer.WriteEndObject();
        }

        bytes.Write("\n"u8);
        return bytes.ToArray();
    }
}
