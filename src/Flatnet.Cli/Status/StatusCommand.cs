using System.CommandLine;
using Flatnet.Cli.Hosting;
using Flatnet.Podman;

namespace Flatnet.Cli.Status;

/// <summary><c>flatnet status</c>.</summary>
internal static class StatusCommand
{
    private const int DefaultInterval = 2;
    private const int LongestInterval = 86_400;

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var watch = new Option<bool>("--watch", "-w") { Description = "Show it again and again until Ctrl-C." };
        var interval = new Option<int>("--interval")
        {
            Description = "Seconds between two looks with --watch.",
            DefaultValueFactory = _ => DefaultInterval,
            HelpName = "SECS",
        };
        interval.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int seconds) && seconds is < 1 or > LongestInterval)
            {
                result.AddError($"--interval takes seconds from 1 to {LongestInterval}.");
            }
        });
        var command = new Command("status", "Show how Flatnet's components are.") { json, watch, interval };
        command.SetAction((context, arguments, cancellation) =>
            RunAsync(context, arguments.GetValue(json), arguments.GetValue(watch), arguments.GetValue(interval), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, bool json, bool watch, int interval, CancellationToken cancellation)
    {
        using var http = new HttpProbe();
        var options = new EngineOptions { Url = context.Settings.PodmanUrl, Environment = context.Environment };
        var reader = new StatusReader(context, http, limit => PodmanEngine.ConnectAsync(options, limit));
        if (watch)
        {
            await new StatusWatch(context, reader, TimeSpan.FromSeconds(interval), json).RunAsync(cancellation);
            return ExitCodes.Success;
        }

        StatusReport report = await reader.ReadAsync(cancellation);
        if (json)
        {
            StatusJson.Write(context.Out, report, isCompact: false);
        }
        else
        {
            StatusBox.Write(context.Out, report, context.Terminal.Color);
        }

        return report.IsGatewayRunning ? ExitCodes.Success : ExitCodes.Failure;
    }
}
