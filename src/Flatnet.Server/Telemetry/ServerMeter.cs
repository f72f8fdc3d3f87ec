using System.Diagnostics.Metrics;

namespace Flatnet.Server.Telemetry;

/// <summary>The meter that all of the server's own instruments belong to. Never a task's ID as a label: there is no end of them.</summary>
internal static class ServerMeter
{
    public const string Name = "Flatnet.Server";

    public static readonly Meter Instance = new(Name);
}
