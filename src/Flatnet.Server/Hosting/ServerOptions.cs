using Flatnet.Server.Rest;
using Flatnet.Server.Telemetry;

namespace Flatnet.Server.Hosting;

/// <summary>The whole configuration: each feature's own.</summary>
internal sealed record ServerOptions
{
    public HttpOptions Http { get; init; } = new();

    public LoggingOptions Logging { get; init; } = new();

    public TelemetryOptions Telemetry { get; init; } = new();

    public RestOptions Rest { get; init; } = new();
}
