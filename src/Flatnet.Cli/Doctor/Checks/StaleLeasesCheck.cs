using Flatnet.Ipam;

namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Whether there are leases of containers that are gone. They block nothing, but they should not be.</summary>
internal sealed class StaleLeasesCheck : ICheck
{
    public string Category => "CNI Plugin";

    public string Name => "No stale leases";

    public Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation) => Task.FromResult(Look(context));

    private static CheckResult Look(DoctorContext context)
    {
        try
        {
            IReadOnlyList<Lease> stale = context.OpenLeases().EndStale(pretend: true);
            return stale.Count == 0
                ? CheckResult.Pass("every lease belongs to a container that lives")
                : CheckResult.Warning(stale.Count == 1 ? "1 lease belongs to a container that is gone" : $"{stale.Count} leases belong to containers that are gone", "sudo flatnet ipam gc") with
                {
                    Details = [.. stale.Select(lease => $"{string.Join(", ", lease.Addresses)} {lease.ContainerName ?? lease.ContainerId}")],
                    Fix = new EndStaleLeases(context),
                };
        }
        catch (IpamException error)
        {
            // That they cannot be read is another check's finding.
            return CheckResult.Pass($"not checked: {error.Message}");
        }
    }

    private sealed class EndStaleLeases(DoctorContext context) : IFix
    {
        public string Description => "end stale leases";

        public Task<string> ApplyAsync(CancellationToken cancellation) =>
            Task.FromResult($"ended {context.OpenLeases().EndStale().Count} leases of containers that are gone");
    }
}
