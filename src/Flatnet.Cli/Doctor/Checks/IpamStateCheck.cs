using Flatnet.Ipam;

namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Whether the leases can be read.</summary>
internal sealed class IpamStateCheck : ICheck
{
    public string Category => "CNI Plugin";

    public string Name => "IPAM state valid";

    public Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation) => Task.FromResult(Look(context));

    private static CheckResult Look(DoctorContext context)
    {
        try
        {
            LeaseSnapshot leases = context.OpenLeases().Snapshot();
            return leases switch
            {
                { Trouble: { } trouble } => CheckResult.Warning(
                    $"{leases.Location} does not parse: {trouble}",
                    "It is set aside and rebuilt from what is live by the next start of a container, or now: sudo flatnet ipam gc"),
                { IsMissing: true } => CheckResult.Pass($"{leases.Location} does not exist yet; the first container makes it"),
                _ => CheckResult.Pass($"{leases.Location}: {leases.Leases.Length} leases"),
            };
        }
        catch (IpamException error)
        {
            return CheckResult.Warning(error.Message, error.IsPermissionDenied ? "Only root may read it: sudo flatnet doctor" : error.Details ?? "sudo flatnet ipam verify");
        }
    }
}
