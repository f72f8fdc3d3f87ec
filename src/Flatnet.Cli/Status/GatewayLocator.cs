using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Flatnet.Cli.Doctor.Probes;
using Flatnet.Cli.Hosting;

namespace Flatnet.Cli.Status;

/// <summary>Finds the gateway: as configured, else on the Windows side of WSL2, else on this machine.</summary>
internal static class GatewayLocator
{
    private const int Port = 8080;
    private const int GatewayFlag = 2; // RTF_GATEWAY of linux/route.h

    public static async Task<Uri> FindAsync(CommandContext context, IProcessRunner processes, CancellationToken cancellation)
    {
        if (context.Settings.GatewayUrl is { } configured)
        {
            return configured;
        }

        if (!Wsl.IsHere(context))
        {
            return At("localhost");
        }

        // In mirrored mode Windows is this machine; only behind its NAT it is the router.
        return await Wsl.NetworkingModeAsync(processes, cancellation) == "mirrored"
            ? At("127.0.0.1")
            : At(DefaultRouter(context) ?? FirstNameserver(context) ?? "localhost");
    }

    private static Uri At(string host) => new UriBuilder(Uri.UriSchemeHttp, host, Port).Uri;

    // /proc/net/route: Iface Destination Gateway Flags ... with addresses in hexadecimal, lowest byte first.
    private static string? DefaultRouter(CommandContext context)
    {
        foreach (string line in Lines(context, "/proc/net/route"))
        {
            string[] fields = line.Split('\t', StringSplitOptions.TrimEntries);
            if (fields.Length > 7 && fields[1] == "00000000" && fields[7] == "00000000"
                && int.TryParse(fields[3], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int flags) && (flags & GatewayFlag) != 0
                && uint.TryParse(fields[2], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint router))
            {
                return new IPAddress(router).ToString();
            }
        }

        return null;
    }

    private static string? FirstNameserver(CommandContext context)
    {
        foreach (string line in Lines(context, "/etc/resolv.conf"))
        {
            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words is ["nameserver", var address, ..] && IPAddress.TryParse(address, out IPAddress? parsed) && parsed.AddressFamily == AddressFamily.InterNetwork)
            {
                return address;
            }
        }

        return null;
    }

    private static string[] Lines(CommandContext context, string path)
    {
        try
        {
            return File.ReadAllLines(context.Root + path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
