using Flatnet.Cli.Addresses;
using Flatnet.Podman;

namespace Flatnet.Cli.Ps;

/// <summary>A container as it is listed.</summary>
/// <param name="Container">What the engine tells; for a container of another host, what the registry does.</param>
/// <param name="Address">Its Flatnet addresses.</param>
/// <param name="Now">The time of the listing.</param>
internal sealed record PsRow(Container Container, ContainerAddress Address, DateTimeOffset Now)
{
    /// <summary>The state of a container of another host.</summary>
    public const string RemoteState = "remote";

    private const int ShortId = 12;

    /// <summary>The name shown; empty without one.</summary>
    public string Name => Container.Names.IsEmpty ? "" : Container.Names[0];

    /// <summary>The state in words, such as <c>Up 5 days</c>.</summary>
    public string Status => ContainerStatus.Text(Container, Now);

    /// <summary>A container of another host, from its registry entry.</summary>
    public static PsRow Remote(AddressClaim entry, DateTimeOffset now) => new(
        new Container
        {
            Id = entry.ContainerId,
            Names = entry.Name.Length > 0 ? [entry.Name] : [],
            State = RemoteState,
            CreatedAt = entry.CreatedAt,
        },
        new ContainerAddress(entry.Addresses, AddressSource.Registry, [], entry.HostId),
        now);

    /// <summary>An ID as it is shown.</summary>
    public static string Shorten(string id) => id.Length > ShortId ? id[..ShortId] : id;
}
