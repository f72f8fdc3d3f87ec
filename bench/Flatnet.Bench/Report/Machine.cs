using System.Globalization;
using Flatnet.Bench.Rivals;

namespace Flatnet.Bench.Report;

/// <summary>One line about where the figures come from.</summary>
internal static class Machine
{
    public static string Describe()
    {
        var processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        var name = processor?[(processor.IndexOf(':') + 1)..].Trim() ?? "processors";
        var facts = new[]
        {
            "Linux " + Tool.ReadText("/proc/sys/kernel/osrelease"),
            string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} x {name}"),
            "containernetworking-plugins " + (Environment.GetEnvironmentVariable("BENCH_DEBIAN_PLUGINS") ?? "?"),
            Tool.Run("podman", "--version").Trim(),
        };
        return string.Join("; ", facts);
    }
}
