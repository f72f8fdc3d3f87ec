namespace Flatnet.Stress.Tests.Driver;

/// <summary>A program for a <see cref="Crowd"/> to run.</summary>
internal sealed record Job
{
    public required string Program { get; init; }

    public string Input { get; init; } = "";

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Killed with SIGKILL so long after its start; null: never.</summary>
    public TimeSpan? KillAfter { get; init; }

    /// <summary>For messages: what it does.</summary>
    public string Name { get; init; } = "";

    public static Job Of(PluginCall call, TimeSpan? killAfter = null)
    {
        return new Job
        {
            Program = $"{Sandbox.PluginDirectory}/{(string)call.Configuration["type"]!}",
            Input = call.Configuration.ToJsonString(),
            KillAfter = killAfter,
            Name = $"{call.Command} {call.ContainerId}",
            Environment = new Dictionary<string, string>
            {
                ["CNI_COMMAND"] = call.Command,
                ["CNI_CONTAINERID"] = call.ContainerId,
                ["CNI_NETNS"] = call.NamespacePath,
                ["CNI_IFNAME"] = call.InterfaceName,
                ["CNI_ARGS"] = call.Arguments,
                ["CNI_PATH"] = $"{Sandbox.PluginDirectory}:{Sandbox.ReferencePluginDirectory}",
            },
        };
    }
}
