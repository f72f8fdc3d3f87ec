using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Flatnet.Cli.Ps.Listing;

/// <summary>The orders of <c>--sort</c>. Equal rows stay in the order of their creation.</summary>
internal static class PsOrder
{
    public const string Default = "created";

    /// <summary>The keys, as they are listed to users.</summary>
    public static readonly string[] Keys = ["command", "created", "id", "image", "names", "runningfor", "size", "status", "ip"];

    /// <summary>What has to be known to sort by the key.</summary>
    public static PsNeeds Needs(string key) => key switch
    {
        "ip" => PsNeeds.Addresses,
        "size" => PsNeeds.Size,
        _ => PsNeeds.None,
    };

    public static ImmutableArray<PsRow> Sort(IEnumerable<PsRow> rows, string key)
    {
        IOrderedEnumerable<PsRow> created = rows.OrderBy(row => row.Container.CreatedAt).ThenBy(row => row.Container.Id, StringComparer.Ordinal);
        return [.. key switch
        {
            "command" => created.OrderBy(row => string.Join(' ', row.Container.Command), StringComparer.Ordinal),
            "id" => created.OrderBy(row => row.Container.Id, StringComparer.Ordinal),
            "image" => created.OrderBy(row => row.Container.Image, StringComparer.Ordinal),
            "names" => created.OrderBy(row => row.Name, StringComparer.Ordinal),
            "runningfor" => created.OrderBy(row => row.Container.StartedAt ?? DateTimeOffset.MaxValue),
            "size" => created.OrderBy(row => row.Container.SizeWhole),
            "status" => created.OrderBy(row => row.Container.State, StringComparer.Ordinal),
            "ip" => created.OrderBy(row => row.Address.First is null).ThenBy(row => Number(row.Address.First)),
            _ => created,
        }];
    }

    // IPv4 before IPv6, each as the number it is.
    private static UInt128 Number(IPAddress? address)
    {
        if (address is null)
        {
            return UInt128.MaxValue;
        }

        UInt128 number = UInt128.Zero;
        foreach (byte part in address.GetAddressBytes())
        {
            number = (number << 8) | part;
        }

        return address.AddressFamily == AddressFamily.InterNetwork ? number : UInt128.Max(number, (UInt128)uint.MaxValue + 1);
    }
}
