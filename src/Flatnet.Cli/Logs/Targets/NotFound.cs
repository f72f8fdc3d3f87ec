using System.Collections.Immutable;
using Flatnet.Cli.Hosting;
using Flatnet.Logs.Text;

namespace Flatnet.Cli.Logs;

/// <summary>The error for a name that nothing has.</summary>
internal static class NotFound
{
    // The order of the documentation; others follow by name.
    private static readonly ImmutableArray<string> Usual = ["gateway", "cni", "prometheus", "grafana", "loki"];

    public static CommandException Of(string name, IEnumerable<string> components, IEnumerable<string> containers)
    {
        ImmutableArray<string> known = InOrder(components);
        List<string> near = NearMatch.Find(name, known.Concat(containers));
        string meant = near.Count == 0 ? "" : $"Did you mean: {string.Join(", ", near)}?\n";
        return new CommandException(
            $"Container or component '{name}' not found.",
            $"\n{meant}Known components: {string.Join(", ", known)}\nOr specify a container name (use 'flatnet ps' to list containers)");
    }

    private static ImmutableArray<string> InOrder(IEnumerable<string> components) =>
        [.. components.OrderBy(name => Usual.IndexOf(name) is var place and >= 0 ? place : Usual.Length).ThenBy(name => name, StringComparer.Ordinal)];
}
