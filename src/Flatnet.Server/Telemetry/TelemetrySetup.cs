using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Flatnet.Server.Telemetry;

/// <summary>The feature: metrics for Prometheus, metrics and traces for a collector. Neither names a task.</summary>
internal static class TelemetrySetup
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services, TelemetryOptions options)
    {
        if (!options.Prometheus && options.OtlpEndpoint is null)
        {
            return services;
        }

        OpenTelemetryBuilder telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("flatnetd"));
        telemetry.WithMetrics(metrics =>
        {
            // Room for all series of an instrument is taken at once; no server of this kind has the 2000 of the default.
            metrics.AddView("*", new MetricStreamConfiguration { CardinalityLimit = 500 });
            metrics.AddMeter(ServerMeter.Name).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation();
            if (options.Prometheus)
            {
                metrics.AddPrometheusExporter();
            }

            if (options.OtlpEndpoint is { } endpoint)
            {
                metrics.AddOtlpExporter(exporter => Address(exporter, endpoint, options.OtlpOverHttp ? "v1/metrics" : null));
            }
        });
        if (options.OtlpEndpoint is { } collector)
        {
            telemetry.WithTracing(traces => traces.AddAspNetCoreInstrumentation()
                .AddOtlpExporter(exporter => Address(exporter, collector, options.OtlpOverHttp ? "v1/traces" : null)));
        }

        return services;
    }

    public static void MapTelemetry(this IEndpointRouteBuilder routes, TelemetryOptions options)
    {
        if (options.Prometheus)
        {
            routes.MapPrometheusScrapingEndpoint("/metrics");
        }
    }

    private static void Address(OtlpExporterOptions exporter, Uri collector, string? path)
    {
        exporter.Protocol = path is null ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = path is null ? collector : new Uri(collector.ToString().TrimEnd('/') + "/" + path);
    }
}
