using System.Net;

namespace Flatnet.Ipam;

/// <summary>What was found in a host-local directory.</summary>
internal sealed class HostLocalImport(string path)
{
    internal string Path => path;

    internal List<Lease> Leases { get; } = [];

    /// <summary>Last address by index of the range set.</summary>
    internal Dictionary<int, IpValue> Cursors { get; } = [];

    internal List<string> Warnings { get; } = [];

    /// <summary>Adds a record; the records of one interface (one per family) become one lease.</summary>
    internal void Add(string container, string interfaceName, IpValue address, DateTimeOffset since, string bootId)
    {
        for (int i = 0; i < Leases.Count; i++)
        {
            Lease lease = Leases[i];
            if (lease.ContainerId == container && lease.InterfaceName == interfaceName)
            {
                List<IPAddress> addresses = [.. lease.Addresses, address.ToAddress()];
                Leases[i] = lease with { Addresses = addresses, BootId = bootId.Length > 0 ? bootId : lease.BootId };
                return;
            }
        }

        Leases.Add(new Lease
        {
            ContainerId = container,
            InterfaceName = interfaceName,
            Addresses = [address.ToAddress()],
            Since = since,
            BootId = bootId,
        });
    }
}
