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
        new("telemetry.otlpEndpoint", SettingKind.Text, null, "The OpenTelemetry collector that metrics and traces go to (gRPC), as in http://127.0.0.1:4317.") { Variables = ["FLATNET_TELEMETRY_OTLP_ENDPOINT"] },
    ];

    /// <summary><c>GET /metrics</c> answers.</summary>
    public bool Prometheus { get; init; } = true;

    /// <summary>The OpenTelemetry collector that metrics and traces go to (OTLP over gRPC); null for none.</summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <exception cref="HostingException">The collector's address makes no sense.</exception>
    public static TelemetryOptions From(SettingValues values) => new()
    {
        Prometheus = values.Flag("telemetry.prometheus"),
        OtlpEndpoint = values.Text("telemetry.otlpEndpoint") is { } text ? Endpoint(text) : null,
    };

    private static Uri Endpoint(string text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is ("http" or "https")
        ? uri
        : throw new HostingException($"telemetry.otlpEndpoint: '{text}' is no address such as http://127.0.0.1:4317.");
}
