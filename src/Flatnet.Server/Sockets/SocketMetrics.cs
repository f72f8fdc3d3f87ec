using System.Diagnostics.Metrics;
using Flatnet.Server.Telemetry;

namespace Flatnet.Server.Sockets;

/// <summary>What is counted about WebSockets.</summary>
internal static class SocketMetrics
{
    public static readonly UpDownCounter<long> Open =
        ServerMeter.Instance.CreateUpDownCounter<long>("flatnet.sockets.open", "{connection}", "Open WebSocket connections");

    public static readonly Counter<long> Closed =
        ServerMeter.Instance.CreateCounter<long>("flatnet.sockets.closed", "{connection}", "WebSocket connections that the server closed, by code");

    public static readonly Counter<long> Skipped =
        ServerMeter.Instance.CreateCounter<long>("flatnet.sockets.skipped", "{line}", "Lines that slow viewers were not sent");
}
