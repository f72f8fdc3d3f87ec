using System.CommandLine;
using Flatnet.Agent.Configuration;
using Flatnet.Agent.Health;
using Flatnet.Agent.Transport;
using Flatnet.Logs.Times;

namespace Flatnet.Agent.Commands;

/// <summary><c>health</c>: one JSON document, and exit code 1 when something is not well.</summary>
internal static class HealthCommand
{
    private static readonly Option<bool> Api = new("--check-api") { Description = "Look at the server, over REST and WebSocket." };

    private static readonly Option<bool> Disk = new("--check-disk") { Description = "Look at the spool's disk." };

    private static readonly Option<bool> Memory = new("--check-memory") { Description = "Look at the memory." };

    public static Command Create()
    {
        var command = new Command("health", "Look at what the agent depends on; at everything, unless an option says what.")
        {
            Api,
            Disk,
            Memory,
            AgentFlags.TaskId,
            AgentFlags.ApiUrl,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        CommandServices services = CommandServices.Of(arguments);
        AgentOptions options = AgentFlags.Load(arguments).Options;
        using var server = new ServerLink(options, services.Time);
        var checks = new HealthChecks(options, server, services.Time);
        bool isAll = !arguments.GetValue(Api) && !arguments.GetValue(Disk) && !arguments.GetValue(Memory);
        var found = new Dictionary<string, HealthCheck>();
        if (isAll || arguments.GetValue(Api))
        {
            found["api"] = await checks.ApiAsync(cancellation).ConfigureAwait(false);
            found["websocket"] = await checks.SocketAsync(cancellation).ConfigureAwait(false);
        }

        if (isAll || arguments.GetValue(Disk))
        {
            found["disk"] = checks.Disk();
        }

        if (isAll || arguments.GetValue(Memory))
        {
            found["memory"] = HealthChecks.Memory();
        }

        HealthReport report = HealthReport.Of(Rfc3339.Format(Rfc3339.Now(services.Time)), found);
        services.Output.WriteLine(HealthJson.Write(report));
        return report.IsHealthy ? ExitCodes.Success : ExitCodes.Failure;
    }
}
