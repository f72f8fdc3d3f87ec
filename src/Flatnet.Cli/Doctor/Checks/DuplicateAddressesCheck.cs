using System.Net;
using Flatnet.Ipam;
using Flatnet.Podman;

namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Whether two containers have the same address, by the leases or by what Podman shows.</summary>
internal sealed class DuplicateAddressesCheck : ICheck
{
    public string Category => "CNI Plugin";

    public string Name => "No address twice";

    public async Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation)
    {
        var holders = new List<(IPAddress Address, string Container, string Name)>();
        try
        {
            foreach (Lease lease in context.OpenLeases().Leases())
            {
                holders.AddRange(lease.Addresses.Select(address => (address, lease.ContainerId, lease.ContainerName ?? lease.ContainerId)));
            }
        }
        catch (IpamException)
        {
            // Another check's finding; Podman is still asked.
        }

        holders.AddRange(await ShownByPodmanAsync(context, cancellation));
        string[] twice =
        [
            .. holders.GroupBy(holder => holder.Address)
                .Where(same => same.Select(holder => holder.Container).Distinct().Count() > 1)
                .Select(same => $"{same.Key}: {string.Join(", ", same.DistinctBy(holder => holder.Container).Select(holder => holder.Name))}"),
        ];
        return twice.Length == 0
            ? CheckResult.Pass("no address belongs to two containers")
            : CheckResult.Fail($"one address, two containers: {string.Join("; ", twice)}", "Start one of them anew, which gives it another address: podman restart NAME; see: sudo flatnet ipam verify");
    }

    private static async Task<IEnumerable<(IPAddress Address, string Container, string Name)>> ShownByPodmanAsync(DoctorContext context, CancellationToken cancellation)
    {
        try
        {
            return (await context.RunningAsync(cancellation)).SelectMany(container => container.Networks
                .Where(network => network.Name == context.Command.Settings.Network)
                .SelectMany(network => network.Addresses)
                .Select(address => (address, container.Id, container.Names.FirstOrDefault(container.Id))));
        }
        catch (EngineException)
        {
            return [];
        }
    }
}
