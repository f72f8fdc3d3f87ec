using System.Collections.Immutable;
using System.Globalization;
using Flatnet.Cli.Hosting;
using Flatnet.Logs.Text;

namespace Flatnet.Cli.Ps.Filters;

/// <summary>All filters of a command line: values of one key are alternatives, different keys must all hold. (Several labels must all
/// hold too; the engine sees to that.)</summary>
internal sealed class PsFilter
{
    // Known to the engine, and left to it.
    private static readonly string[] EngineKeys =
    [
        "label", "exited", "ancestor", "before", "since", "until", "volume", "network", "pod",
        "restart-policy", "command", "should-start-on-boot",
    ];

    private static readonly string[] KeysOfAllStates = ["state", "status", "exited"];
    private static readonly string[] KeysOfAddresses = ["ip", "flatnet"];

    private readonly ImmutableArray<ImmutableArray<Func<PsRow, bool>>> _groups;

    private PsFilter(ILookup<string, Func<PsRow, bool>> own, ImmutableDictionary<string, ImmutableArray<string>> engine)
    {
        _groups = [.. own.Select(group => group.ToImmutableArray())];
        Engine = engine;
        ImpliesAll = KeysOfAllStates.Any(key => own.Contains(key) || engine.ContainsKey(key));
        Needs = KeysOfAddresses.Any(own.Contains) ? PsNeeds.Addresses : PsNeeds.None;
    }

    /// <summary>What the engine filters by.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Engine { get; }

    /// <summary>Whether containers that do not run are meant too.</summary>
    public bool ImpliesAll { get; }

    /// <summary>What has to be known to filter.</summary>
    public PsNeeds Needs { get; }

    /// <summary>Reads <c>KEY=VALUE</c>, or text to look for.</summary>
    /// <exception cref="CommandException">An unknown key, or a value that makes no sense.</exception>
    public static PsFilter Parse(IEnumerable<string> filters)
    {
        var own = new List<(string Key, Func<PsRow, bool> Test)>();
        var engine = new List<(string Key, string Value)>();
        foreach (string filter in filters)
        {
            int equals = filter.IndexOf('=', StringComparison.Ordinal);
            string key = equals < 0 ? "" : filter[..equals];
            string value = filter[(equals + 1)..];
            if (value.Length == 0)
            {
                throw CommandException.Usage($"filter \"{filter}\": a value is missing", "Write --filter KEY=VALUE, or --filter TEXT.");
            }

            if (equals < 0)
            {
                own.Add((key, RowFilters.Anywhere(value)));
            }
            else if (RowFilters.Keys.Contains(key))
            {
                // Labels must all be absent, so each is a group of its own.
                own.Add((key == "label!" ? filter : key, RowFilters.Create(key, value)));
            }
            else if (EngineKeys.Contains(key))
            {
                engine.Add((key, Checked(key, value)));
            }
            else
            {
                throw Unknown(key);
            }
        }

        return new PsFilter(
            own.ToLookup(filter => filter.Key, filter => filter.Test),
            engine.GroupBy(filter => filter.Key).ToImmutableDictionary(
                group => group.Key, group => group.Select(filter => filter.Value).ToImmutableArray()));
    }

    /// <summary>Whether the row passes the filters that are not the engine's.</summary>
    public bool Matches(PsRow row) => _groups.All(group => group.Any(test => test(row)));

    private static string Checked(string key, string value) =>
        key == "exited" && !int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? throw CommandException.Usage($"filter \"exited={value}\": an exit code is a number")
            : value;

    private static CommandException Unknown(string key)
    {
        string[] known = [.. RowFilters.Keys, .. EngineKeys];
        Array.Sort(known, StringComparer.Ordinal);
        string guess = NearMatch.Find(key, known) is [var near, ..] ? $"Did you mean \"{near}\"?\n" : "";
        return CommandException.Usage($"unknown filter \"{key}\"", guess + "Filters: " + string.Join(", ", known));
    }
}
