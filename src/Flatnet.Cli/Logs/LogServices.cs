using Flatnet.Cli.Hosting;
using Flatnet.Podman;

namespace Flatnet.Cli.Logs;

/// <summary>What logs are read with; tests put their own in.</summary>
internal sealed record LogServices
{
    public required Func<CancellationToken, Task<IContainerEngine>> ConnectEngine { get; init; }

    /// <summary>Opens a container's log, at the place asked for or the best there is.</summary>
    public required Func<IContainerEngine, ContainerDetails, string?, IContainerLog> OpenLog { get; init; }

    public required Func<ILokiLogs> Loki { get; init; }

    /// <summary>The log server of the settings, which name one.</summary>
    public required Func<Action<string>, TaskLogs> Tasks { get; init; }

    public static LogServices Of(CommandContext context) => new()
    {
        ConnectEngine = cancellation => PodmanEngine.ConnectAsync(
            new EngineOptions { Url = context.Settings.PodmanUrl, Environment = context.Environment }, cancellation),
        OpenLog = ContainerLog.Open,
        Loki = () => LokiLogs.Of(context.Settings),
        Tasks = note => new TaskLogs(context.Settings.ServerUrl!, context.Settings.ServerToken, note),
    };
}
