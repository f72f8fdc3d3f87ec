namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Whether the kernel forwards IPv4 packets between its interfaces.</summary>
internal sealed class ForwardingCheck : ICheck
{
    private const string Setting = "/proc/sys/net/ipv4/ip_forward";

    public string Category => "Network";

    public string Name => "IPv4 forwarding";

    public Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation) => Task.FromResult(context.ReadText(Setting)?.Trim() switch
    {
        "1" => CheckResult.Pass("net.ipv4.ip_forward is 1"),
        null => CheckResult.Warning($"{Setting} cannot be read", "Mount /proc: sudo mount -t proc proc /proc"),
        { } value => CheckResult.Fail(
            $"net.ipv4.ip_forward is {value}: containers are reached from this machine only",
            "sudo sysctl -w net.ipv4.ip_forward=1; to keep it: echo net.ipv4.ip_forward=1 | sudo tee /etc/sysctl.d/90-flatnet.conf") with
        {
            Fix = new EnableForwarding(context),
        },
    });

    private sealed class EnableForwarding(DoctorContext context) : IFix
    {
        public string Description => "enable IPv4 forwarding";

        public async Task<string> ApplyAsync(CancellationToken cancellation)
        {
            await File.WriteAllTextAsync(context.Command.Root + Setting, "1", cancellation);
            return "enabled IPv4 forwarding until the next boot (to keep it: sudo flatnet setup)";
        }
    }
}
