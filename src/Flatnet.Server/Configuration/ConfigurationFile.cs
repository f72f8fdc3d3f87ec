using System.Collections.Immutable;

namespace Flatnet.Server.Configuration;

/// <summary>Where the configuration file is.</summary>
internal static class ConfigurationFile
{
    public static readonly ImmutableArray<string> SearchPath = ["./flatnetd.yaml", "/etc/flatnet/flatnetd.yaml"];

    /// <summary>The first that is there; null without any.</summary>
    public static string? Find() => SearchPath.FirstOrDefault(File.Exists);
}
