namespace Flatnet.Agent.Telemetry;

/// <summary>An answer of <see cref="MetricsEndpoint"/>.</summary>
internal sealed record MetricsPage(int Status, string ContentType, string Body)
{
    public const string PlainText = "text/plain; charset=utf-8";
}
