namespace Flatnet.Server.Telemetry;

/// <summary>Who is told how the server does.</summary>
internal sealed record TelemetryOptions
{
    /// <summary><c>GET /metrics</c> answers.</summary>
    public bool Prometheus { get; init; } = true;

    /// <summary>The OpenTelemetry collector that metrics and traces go to (OTLP over gRPC); null for none.</summary>
    public Uri? OtlpEndpoint { get; init; }
}
