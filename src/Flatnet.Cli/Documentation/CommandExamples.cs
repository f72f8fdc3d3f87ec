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
        ["flatnet ipam ls"] =
        [
            new("sudo flatnet ipam ls", "who has which address"),
            new("sudo flatnet ipam ls --network office --json", "those of another network, for a script"),
        ],
        ["flatnet ipam show"] =
        [
            new("sudo flatnet ipam show web", "the addresses of a container"),
            new("sudo flatnet ipam show 10.87.1.20", "who has an address"),
        ],
        ["flatnet ipam reserve"] =
        [
            new("sudo flatnet ipam reserve db 10.87.1.20", "the container db gets this address, and nobody else"),
        ],
        ["flatnet ipam release"] =
        [
            new("sudo flatnet ipam release db", "the reservations for db end"),
            new("sudo flatnet ipam release 10.87.1.20", "whatever is known about an address is forgotten"),
        ],
        ["flatnet ipam gc"] =
        [
            new("sudo flatnet ipam gc --dry-run", "the leases of containers that are gone"),
            new("sudo flatnet ipam gc", "remove them"),
        ],
        ["flatnet ipam verify"] =
        [
            new("sudo flatnet ipam verify", "what is wrong with the lease file, and the cure"),
        ],
        ["flatnet network"] =
        [
            new("sudo flatnet network create office", "a second network with a free subnet"),
            new("flatnet network ls", "the networks of Flatnet"),
        ],
        ["flatnet network create"] =
        [
            new("sudo flatnet network create office", "a free subnet and a bridge are chosen"),
            new("sudo flatnet network create lab --subnet 10.90.0.0/24 --mtu 1400", "a subnet and an MTU of one's own"),
        ],
        ["flatnet network ls"] =
        [
            new("flatnet network ls --json", "the networks of Flatnet, for a script"),
        ],
        ["flatnet network rm"] =
        [
            new("sudo flatnet network rm office", "remove a network that no container uses"),
            new("sudo flatnet network rm office --purge", "forget which addresses its containers had, too"),
        ],
        ["flatnet setup"] =
        [
            new("sudo flatnet setup --dry-run", "what a set-up would change"),
            new("sudo flatnet setup", "install the plugin and the network"),
        ],
        ["flatnet unsetup"] =
        [
            new("sudo flatnet unsetup --dry-run", "what would be changed back"),
            new("sudo flatnet unsetup", "the machine as it was before"),
        ],
        ["flatnet completion"] =
        [
            new("source <(flatnet completion bash)", "completion in this shell"),
        ],
        ["flatnet manual"] =
        [
            new("flatnet manual ./man && man ./man/flatnet.1", "write the pages and read the first"),
        ],
    }.ToImmutableDictionary();

    /// <summary>The examples of a command; empty without any.</summary>
    public static ImmutableArray<Example> Of(string commandPath) => All.GetValueOrDefault(commandPath, []);
}
