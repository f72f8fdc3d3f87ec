using System.Globalization;

namespace Flatnet.Server.Hosting;

/// <summary>How many files and sockets the process may have open.</summary>
internal static class DescriptorLimit
{
    private const string Name = "Max open files";

    /// <summary>For the runtime, which has some 250 at the start and ends the process when it gets no more, for the store, and for connections
    /// that are being closed.</summary>
    private const int Reserve = 512;

    private const int Least = 64;

    /// <summary>How many connections the limit leaves room for. Beyond it no connection could be accepted any more, not even to refuse it.</summary>
    public static int ConnectionsOfProcess => ConnectionsOf(Read());

    public static int ConnectionsOf(int limit) => Math.Max(limit - Reserve, Least);

    // Columns: soft, hard, unit. The runtime raises the soft limit to the hard one when it starts.
    private static int Read()
    {
        string line = File.ReadLines("/proc/self/limits").First(line => line.StartsWith(Name, StringComparison.Ordinal));
        string soft = line[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) ? limit : int.MaxValue;
    }
}
