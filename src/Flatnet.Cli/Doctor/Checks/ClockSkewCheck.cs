using Flatnet.Cli.Configuration;
using Flatnet.Cli.Status;

namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Whether this machine's clock agrees with those of the gateway (which is Windows' on WSL2) and of Loki.</summary>
internal sealed class ClockSkewCheck : ICheck
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public string Category => "Clock";

    public string Name => "Clock skew";

    public async Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation)
    {
        Task<TimeSpan?> ofGateway = SkewAsync(context, context.Gateway, cancellation);
        Task<TimeSpan?> ofLoki = SkewAsync(context, context.Command.Settings.LokiUrl.At("/ready"), cancellation);
        (string Name, TimeSpan? Skew)[] skews = [("the gateway", await ofGateway), ("Loki", await ofLoki)];
        (string name, TimeSpan? skew) = skews.MaxBy(other => other.Skew?.Duration() ?? TimeSpan.Zero);
        if (skew is not { } worst)
        {
            return CheckResult.Pass("not checked: neither the gateway nor Loki tells the time");
        }

        string difference = $"this clock is {worst.Duration().TotalSeconds:0} s {(worst > TimeSpan.Zero ? "ahead of" : "behind")} that of {name}";
        return worst.Duration() <= Tolerance
            ? CheckResult.Pass(difference)
            : CheckResult.Warning(
                $"{difference}; log lines get wrong times, and Loki rejects those more than 10 minutes in the future",
                context.IsWsl ? "sudo hwclock --hctosys" : "sudo systemctl restart systemd-timesyncd (or: sudo chronyc makestep)");
    }

    private static async Task<TimeSpan?> SkewAsync(DoctorContext context, Uri url, CancellationToken cancellation)
    {
        HttpAnswer answer = await context.Http.GetAsync(url, Timeout, readBody: false, cancellation);
        return context.Command.Time.GetUtcNow() - answer.Date;
    }
}
