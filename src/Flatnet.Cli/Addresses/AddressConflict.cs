using System.Net;

namespace Flatnet.Cli.Addresses;

/// <summary>An address that a less trusted source names for a container.</summary>
internal sealed record AddressConflict(AddressSource Source, IPAddress Address);
