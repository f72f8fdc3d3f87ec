using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Flatnet.Cli.Hosting;
using Flatnet.Ipam;

namespace Flatnet.Cli.Gateway;

/// <summary>Finds the gateway when nobody has said where it is. It runs on Windows, so within WSL2 it is the way out: the default route,
/// else the name server that WSL writes. In mirrored mode, and everywhere else, it is this host.</summary>
internal static class GatewayAddress
{
    private const int Port = 8080;

    /// <summary>The configured address, else the detected one.</summary>
    public static Uri Find(CommandContext context) => context.Settings.GatewayUrl ?? At(Detect(context));

    private static Uri At(string host) => new(string.Create(CultureInfo.InvariantCulture, $"http://{host}:{Port}"));

    private static string Detect(CommandContext context)
    {
        if (!Wsl.IsHere(context))
        {
            return "localhost";
        }

        // Quicker than asking wslinfo. This interface is WSL's own way to Windows' loopback, and exists in mirrored mode only.
        string root = context.Root;
        return Directory.Exists(root + "/sys/class/net/loopback0")
            ? IPAddress.Loopback.ToString()
            : DefaultRoute(root) ?? NameServer(root) ?? "localhost";
    }

    // proc_net_route(5): interface, destination, gateway, flags, reference count, use, metric, mask; addresses as the kernel holds
    // them in memory, in hexadecimal.
    private static string? DefaultRoute(string root)
    {
        (uint Gateway, int Metric)? best = null;
        foreach (string line in Lines(root + "/proc/net/route").Skip(1))
        {
            string[] fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length >= 8
                && fields[1] == "00000000"
                && fields[7] == "00000000"
                && uint.TryParse(fields[2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint gateway)
                && gateway != 0
                && int.TryParse(fields[6], NumberStyles.None, CultureInfo.InvariantCulture, out int metric)
                && (best is null || metric < best.Value.Metric))
            {
                best = (gateway, metric);
            }
        }

        return best is { } route ? new IPAddress(route.Gateway).ToString() : null;
    }

    private static string? NameServer(string root)
    {
        foreach (string line in Lines(root + "/etc/resolv.conf"))
        {
            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length >= 2 && words[0] == "nameserver" && IpAddressText.TryParse(words[1], out IPAddress address)
                && address.AddressFamily == AddressFamily.InterNetwork)
            {
                return address.ToString();
            }
        }

        return null;
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
