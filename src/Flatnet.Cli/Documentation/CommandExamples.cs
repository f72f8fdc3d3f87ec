using System.Collections.Immutable;

namespace Flatnet.Cli.Documentation;

/// <summary>Examples for <c>--help</c> and the manual pages, by the path of the command.</summary>
internal static class CommandExamples
{
    private static readonly ImmutableDictionary<string, ImmutableArray<Example>> All = new Dictionary<string, ImmutableArray<Example>>
    {
        ["flatnet"] =
        [
            new("flatnet ps", "running containers and their flat addresses"),
            new("flatnet logs web -f", "what web says, from now on"),
            new("flatnet doctor", "what is wrong on this machine, and the cure"),
        ],
        ["flatnet ps"] =
        [
            new("flatnet ps -a -f name=web", "containers whose name contains web, stopped ones too"),
            new("flatnet ps -f ip=10.87.1.0/28 --sort ip", "containers with addresses of a range, in their order"),
            new("flatnet ps --format '{{.Names}} {{.FlatnetIP}}'", "names and addresses only"),
            new("flatnet ps --watch", "the list, kept up to date"),
        ],
        ["flatnet logs"] =
        [
            new("flatnet logs web --tail 20", "the last 20 lines"),
            new("flatnet logs web db -f", "two containers, merged by time, live"),
            new("flatnet logs 'web*' --since 2h --grep 'time(out|d out)' -i", "what matches, of the last two hours"),
            new("flatnet logs web --level error -C 3", "errors with three lines around each"),
            new("flatnet logs cni", "what the plugin did"),
        ],
        ["flatnet status"] =
        [
            new("flatnet status --watch", "the state of gateway, plugin and monitoring, kept up to date"),
        ],
        ["flatnet doctor"] =
        [
            new("flatnet doctor --quiet", "only what is wrong; nothing at all if all is well"),
            new("flatnet doctor --fix", "cure what can be cured without risk"),
        ],
        ["flatnet ipam"] =
        [
            new("flatnet ipam ls", "who has which address"),
            new("flatnet ipam reserve db 10.87.1.20", "the container db gets this address, and nobody else"),
            new("flatnet ipam gc --dry-run", "what a clean-up would remove"),
        ],
        ["flatnet network"] =
        [
            new("flatnet network create office", "a second network with a free subnet"),
        ],
        ["flatnet setup"] =
        [
            new("sudo flatnet setup --dry-run", "what a set-up would change"),
        ],
    }.ToImmutableDictionary();

    /// <summary>The examples of a command; empty without any.</summary>
    public static ImmutableArray<Example> Of(string commandPath) => All.GetValueOrDefault(commandPath, []);
}
