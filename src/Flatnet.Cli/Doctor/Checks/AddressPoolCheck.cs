using System.Globalization;
using Flatnet.Ipam;

namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Whether there are addresses left for more containers.</summary>
internal sealed class AddressPoolCheck : ICheck
{
    private const int NearlyFull = 90;

    public string Category => "CNI Plugin";

    public string Name => "Addresses left";

    public Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation) => Task.FromResult(Look(context));

    private static CheckResult Look(DoctorContext context)
    {
        PoolStatus pool;
        try
        {
            pool = context.OpenLeases().Status();
        }
        catch (IpamException error)
        {
            return CheckResult.Pass($"not checked: {error.Message}");
        }

        foreach (RangeSetStatus set in pool.Sets)
        {
            int taken = set.Used + set.Static;
            double percent = set.Total == 0 ? 100 : 100.0 * taken / (double)set.Total;
            string use = string.Create(CultureInfo.InvariantCulture, $"{taken} of {set.Total} addresses in {set.Ranges} are taken");
            string cure = $"Remove containers (podman ps -a --filter network={context.Command.Settings.Network}), or widen ipam.ranges in {context.Network?.File ?? "the network's .conflist"}";
            if (set.Available == 0)
            {
                return CheckResult.Fail(use, cure);
            }

            if (percent >= NearlyFull)
            {
                return CheckResult.Warning(use, cure);
            }
        }

        return CheckResult.Pass(string.Join("; ", pool.Sets.Select(set => string.Create(CultureInfo.InvariantCulture, $"{set.Available} of {set.Total} addresses are free"))));
    }
}
