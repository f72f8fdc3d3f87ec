using System.Net.Sockets;
using Flatnet.Cli.Configuration;

namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Whether names can be resolved: there is a server, and it knows the hosts that are configured.</summary>
internal sealed class DnsCheck : ICheck
{
    public string Category => "Network";

    public string Name => "DNS";

    public async Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation)
    {
        string[] servers =
        [
            .. (context.ReadText("/etc/resolv.conf") ?? "").Split('\n')
                .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                .Where(words => words is ["nameserver", ..] && words.Length > 1)
                .Select(words => words[1]),
        ];
        if (servers.Length == 0)
        {
            return CheckResult.Warning(
                "/etc/resolv.conf names no server",
                context.IsWsl ? "Let WSL write it: remove generateResolvConf=false from /etc/wsl.conf, then in Windows: wsl --shutdown" : "echo nameserver ADDRESS | sudo tee -a /etc/resolv.conf");
        }

        foreach (string host in HostsOf(context.Command.Settings))
        {
            try
            {
                await context.Resolve(host, cancellation);
            }
            catch (SocketException)
            {
                return CheckResult.Warning($"\"{host}\" cannot be resolved by {string.Join(", ", servers)}", $"See what they answer: getent hosts {host}; correct /etc/resolv.conf or the configured address");
            }
        }

        return CheckResult.Pass($"servers: {string.Join(", ", servers)}");
    }

    private static IEnumerable<string> HostsOf(Settings settings) =>
        new[] { settings.GatewayUrl, settings.PrometheusUrl, settings.GrafanaUrl, settings.LokiUrl, settings.ServerUrl }
            .OfType<Uri>().Where(url => url is { HostNameType: UriHostNameType.Dns, IsLoopback: false }).Select(url => url.Host).Distinct();
}
