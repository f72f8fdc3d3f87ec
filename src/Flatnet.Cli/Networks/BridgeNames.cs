using System.Globalization;
using Flatnet.Cli.Hosting;

namespace Flatnet.Cli.Networks;

/// <summary>Names for bridges.</summary>
internal static class BridgeNames
{
    // IFNAMSIZ of linux/if.h, less the terminating NUL.
    private const int LongestName = 15;

    /// <summary>What the kernel takes for an interface's name.</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= LongestName && name is not ("." or "..") && name.All(static c => c is > ' ' and <= '~' and not ('/' or ':'));

    /// <summary>The first <c>flatnet-brN</c> that no network has and no interface.</summary>
    public static string FindFree(CommandContext context, InstalledNetworks installed)
    {
        for (int number = 0; ; number++)
        {
            string name = "flatnet-br" + number.ToString(CultureInfo.InvariantCulture);
            if (OwnerOf(name, context, installed) is null)
            {
                return name;
            }
        }
    }

    /// <summary>Who has an interface of the name already; null when nobody has.</summary>
    public static string? OwnerOf(string name, CommandContext context, InstalledNetworks installed)
    {
        InstalledNetwork? network = installed.Networks.FirstOrDefault(network => network.Bridge == name);
        string? owner = network is null ? null : $"the network \"{network.Name}\" ({network.File})";
        return owner ?? (Directory.Exists($"{context.Root}/sys/class/net/{name}") ? "an interface of this machine" : null);
    }
}
