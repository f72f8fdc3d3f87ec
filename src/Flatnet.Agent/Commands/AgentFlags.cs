using System.CommandLine;
using System.CommandLine.Parsing;
using Flatnet.Agent.Configuration;

namespace Flatnet.Agent.Commands;

/// <summary>Options of the command line. Most say what a setting says, and win over variables and file.</summary>
internal static class AgentFlags
{
    public static Option<string?> Config { get; } = new("--config")
    {
        Description = "Read this file instead of ./config.yaml, ~/.keruta/config.yaml or ~/.config/flatnet/agent.yaml.",
        HelpName = "FILE",
        Recursive = true,
    };

    public static Option<bool> Verbose { get; } = new("--verbose") { Description = "Tell more in the agent's own log.", Recursive = true };

    public static Option<string?> TaskId { get; } = new("--task-id") { Description = "The task that the lines belong to.", HelpName = "ID" };

    public static Option<string?> ApiUrl { get; } = new("--api-url") { Description = "The server, with or without /api/v1.", HelpName = "URL" };

    public static Option<string?> WorkDirectory { get; } = new("--work-dir") { Description = "Where the task is run.", HelpName = "DIR" };

    public static Option<string?> LogLevel { get; } = new("--log-level") { Description = "Lines below it are counted and not streamed.", HelpName = "LEVEL" };

    public static Option<string?> Timeout { get; } = new("--timeout") { Description = "How long the task may run; 0 for ever.", HelpName = "TIME" };

    public static Option<string?> DetectsInput { get; } = new("--auto-detect-input")
    {
        Description = "Whether a prompt without line end makes the task WAITING_FOR_INPUT.",
        HelpName = "BOOL",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Option<bool> DisableStreaming { get; } = new("--disable-log-streaming") { Description = "Run the task and send nothing." };

    private static readonly (Option Option, string Key, string Alone)[] Settings =
    [
        (TaskId, AgentKeys.TaskId, ""),
        (ApiUrl, AgentKeys.ApiUrl, ""),
        (WorkDirectory, AgentKeys.WorkDirectory, ""),
        (LogLevel, AgentKeys.Level, ""),
        (Timeout, AgentKeys.TaskTimeout, ""),
        (DetectsInput, AgentKeys.DetectsInput, "true"),
        (DisableStreaming, AgentKeys.StreamingEnabled, "false"),
        (Verbose, AgentKeys.LoggingLevel, "DEBUG"),
    ];

    /// <summary>The configuration with what the command line says.</summary>
    /// <exception cref="Flatnet.Settings.SettingsException">It makes no sense.</exception>
    public static AgentConfiguration Load(ParseResult arguments)
    {
        var flags = new Dictionary<string, string>();
        foreach ((Option option, string key, string alone) in Settings)
        {
            if (arguments.GetResult(option) is { Implicit: false } result)
            {
                flags[key] = result.Tokens is [Token { Value: { Length: > 0 } value }, ..] ? value : alone;
            }
        }

        return AgentConfiguration.Load(arguments.GetValue(Config), flags, CommandServices.Of(arguments).Environment);
    }

    /// <summary>The task, which must be named somewhere.</summary>
    /// <exception cref="CommandException">It is not.</exception>
    public static string RequireTask(AgentOptions options) =>
        options.Task.Id ?? throw CommandException.Usage("Which task? Name it with --task-id, FLATNET_TASK_ID or KERUTA_TASK_ID.");
}
