using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net;
using System.Numerics;
using Flatnet.Ipam;

namespace Flatnet.Cli.Doctor.Probes;

/// <summary>The routes of the Windows that this WSL runs on.</summary>
internal static class WindowsRoutes
{
    private const string Command = "/mnt/c/Windows/System32/ROUTE.EXE";

    /// <summary>Empty when Windows cannot be asked.</summary>
    public static async Task<ImmutableArray<KnownRoute>> ReadAsync(IProcessRunner processes, CancellationToken cancellation)
    {
        ProcessResult? result = await processes.RunAsync(Command, ["print", "-4"], cancellation);
        return result is { ExitCode: 0 } ? Parse(result.Output) : [];
    }

    /// <summary>Lines of destination, mask, gateway, interface and metric; the words around them are in the language of Windows.</summary>
    public static ImmutableArray<KnownRoute> Parse(string output)
    {
        var routes = new List<KnownRoute>();
        foreach (string line in output.Split('\n'))
        {
            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

            // Single hosts, loopback and multicast are on every Windows.
            if (words.Length >= 5 && IpAddressText.TryParse(words[0], out IPAddress destination) && IpAddressText.TryParse(words[1], out IPAddress mask)
                && LengthOf(mask) is > 0 and < 32 and var length && destination.GetAddressBytes()[0] is not (127 or >= 224))
            {
                routes.Add(new KnownRoute(new IpPrefix(destination, length), $"Windows {words[^2]}"));
            }
        }

        return [.. routes];
    }

    // The prefix length of a mask such as 255.255.255.0; null when it has holes.
    private static int? LengthOf(IPAddress mask)
    {
        uint bits = BinaryPrimitives.ReadUInt32BigEndian(mask.GetAddressBytes());
        int length = BitOperations.LeadingZeroCount(~bits);
        return length == 32 || bits << length == 0 ? length : null;
    }
}
