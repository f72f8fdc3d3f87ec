using System.Collections.Immutable;
using Flatnet.Server.Hosting;
using Flatnet.Settings;

namespace Flatnet.Server.Telemetry;

/// <summary>Who is told how the server does.</summary>
internal sealed record TelemetryOptions
{
    public static readonly ImmutableArray<SettingKey> Keys =
    [
        new("telemetry.prometheus", SettingKind.Flag, "true", "GET /metrics answers.") { Variables = ["FLATNET_TELEMETRY_PROMETHEUS"] },
        new("telemetry.otlpEndpoint", SettingKind.Text, null, "The OpenTelemetry collector that metrics and traces go to, as in http://127.0.0.1:4317; with http/protobuf, usually port 4318.") { Variables = ["FLATNET_TELEMETRY_OTLP_ENDPOINT"] },
        new("telemetry.otlpProtocol", SettingKind.Text, "grpc", "What the collector understands.") { Variables = ["FLATNET_TELEMETRY_OTLP_PROTOCOL"], Choices = ["grpc", "http/protobuf"] },
    ];

    /// <summary><c>GET /metrics</c> answers.</summary>
    public bool Prometheus { get; init; } = true;

    /// <summary>The OpenTelemetry collector that metrics and traces go to; null for none.</summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>OTLP over HTTP, at <c>/v1/metrics</c> and <c>/v1/traces</c> below the address; false for gRPC.</summary>
    public bool OtlpOverHttp { get; init; }

    /// <exception cref="HostingException">The collector's address makes no sense.</exception>
    public static TelemetryOptions From(SettingValues values) => new()
    {
        Prometheus = values.Flag("telemetry.prometheus"),
        OtlpEndpoint = values.Text("telemetry.otlpEndpoint") is { } text ? Endpoint(text) : null,
        OtlpOverHttp = values.Text("telemetry.otlpProtocol") == "http/protobuf",
    };

    private static Uri Endpoint(string text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is ("http" or "https")
        ? uri
        : throw new HostingException($"telemetry.otlpEndpoint: '{text}' is no address such as http://127.0.0.1:4317.");
}
