using System.Text.Json;
using Flatnet.Cni.Logging;
using Flatnet.Ipam;

namespace Flatnet.Cni.Configuration;

/// <summary>Where the call log goes: the key <c>logFile</c>, which must be usable even when the rest of the configuration is not.</summary>
internal static class LogFile
{
    /// <summary>The configured file if it is an acceptable one, else the default.</summary>
    public static string For(ConfigObject source) =>
        source.Element("logFile") is { ValueKind: JsonValueKind.String } element && element.GetString() is { } path && IsUsable(path) ? path : CallLog.DefaultPath;

    /// <summary>Refuses a file that <see cref="For"/> would pass over.</summary>
    /// <exception cref="ConfigException">Not an absolute path, or one with <c>..</c> in it.</exception>
    public static void Check(ConfigObject source)
    {
        if (source.String("logFile") is { Length: > 0 } path && !IsUsable(path))
        {
            throw new ConfigException($"logFile: \"{path}\" is not usable", "give an absolute path without '..'");
        }
    }

    private static bool IsUsable(string path) =>
        path.StartsWith('/') && !path.EndsWith('/') && !path.Contains("/../", StringComparison.Ordinal) && !path.EndsWith("/..", StringComparison.Ordinal)
        && !path.Contains('\0', StringComparison.Ordinal);
}
