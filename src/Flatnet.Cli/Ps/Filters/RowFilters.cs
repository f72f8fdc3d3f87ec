using System.Net;
using System.Text.RegularExpressions;
using Flatnet.Cli.Hosting;
using Flatnet.Ipam;

namespace Flatnet.Cli.Ps.Filters;

/// <summary>The filters that are evaluated here, because the engine knows none like them, or not every engine does.</summary>
internal static class RowFilters
{
    /// <summary>The keys that <see cref="Create"/> knows.</summary>
    public static readonly string[] Keys = ["name", "name~", "id", "image", "state", "status", "ip", "flatnet", "publish", "expose", "health", "label!"];

    private static readonly string[] States =
        ["created", "initialized", "running", "stopped", "paused", "exited", "removing", "stopping", "unknown", PsRow.RemoteState];

    /// <summary>Whether a row is wanted.</summary>
    /// <exception cref="CommandException">The value makes no sense for the key.</exception>
    public static Func<PsRow, bool> Create(string key, string value) => key switch
    {
        "name" => row => HasName(row, value),
        "name~" => NameMatches(value),
        "id" => row => row.Container.Id.Contains(value, StringComparison.Ordinal),
        "image" => row => row.Container.Image.Contains(value, StringComparison.Ordinal),
        "state" or "status" => StateContains(key, value),
        "ip" => AddressIn(value),
        "health" => HealthIs(value),
        "label!" => row => !HasLabel(row, value),
        "publish" or "expose" => PortFilter.Parse(key, value).Matches,
        _ => HasAddress(value),
    };

    /// <summary>Text without a key: somewhere in name, ID or image.</summary>
    public static Func<PsRow, bool> Anywhere(string text) => row =>
        HasName(row, text)
        || row.Container.Id.Contains(text, StringComparison.Ordinal)
        || row.Container.Image.Contains(text, StringComparison.Ordinal);

    private static bool HasName(PsRow row, string part) => row.Container.Names.Any(name => name.Contains(part, StringComparison.Ordinal));

    private static bool HasLabel(PsRow row, string label)
    {
        int equals = label.IndexOf('=', StringComparison.Ordinal);
        return equals < 0
            ? row.Container.Labels.ContainsKey(label)
            : row.Container.Labels.TryGetValue(label[..equals], out string? value) && value == label[(equals + 1)..];
    }

    private static Func<PsRow, bool> HealthIs(string value) => value switch
    {
        "none" => row => row.Container.Health is null,
        "starting" or "healthy" or "unhealthy" => row => row.Container.Health == value,
        _ => throw CommandException.Usage($"filter \"health={value}\": expected starting, healthy, unhealthy or none"),
    };

    private static Func<PsRow, bool> NameMatches(string pattern)
    {
        try
        {
            var regex = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return row => row.Container.Names.Any(regex.IsMatch);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw CommandException.Usage($"filter \"name~={pattern}\": not a usable regular expression: {e.Message}");
        }
    }

    private static Func<PsRow, bool> StateContains(string key, string value)
    {
        if (!States.Any(state => state.Contains(value, StringComparison.OrdinalIgnoreCase)))
        {
            throw CommandException.Usage($"filter \"{key}={value}\": no such state", "States: " + string.Join(", ", States));
        }

        // The engine calls the same state by either name.
        string? other = value.ToLowerInvariant() switch
        {
            "stopped" => "exited",
            "exited" => "stopped",
            _ => null,
        };
        return row => row.Container.State.Contains(value, StringComparison.OrdinalIgnoreCase) || row.Container.State == other;
    }

    private static Func<PsRow, bool> AddressIn(string value)
    {
        if (IpAddressText.TryParse(value, out IPAddress wanted))
        {
            return row => row.Address.Addresses.Contains(wanted);
        }

        if (IpPrefix.TryParse(value, out IpPrefix prefix))
        {
            return row => row.Address.Addresses.Any(prefix.Contains);
        }

        throw CommandException.Usage($"filter \"ip={value}\": neither an address nor a subnet", "Example: ip=10.87.1.10 or ip=10.87.1.0/24");
    }

    private static Func<PsRow, bool> HasAddress(string value) => value.ToLowerInvariant() switch
    {
        "true" => row => row.Address.First is not null,
        "false" => row => row.Address.First is null,
        _ => throw CommandException.Usage($"filter \"flatnet={value}\": expected true or false"),
    };
}
