namespace Flatnet.Agent.Health;

/// <summary>One thing that was looked at.</summary>
/// <param name="Healthy">Whether it is well.</param>
/// <param name="Message">What was seen.</param>
/// <param name="Latency">How long looking took, in milliseconds; null where it takes none.</param>
/// <param name="Error">What is wrong; null when nothing is.</param>
internal sealed record HealthCheck(bool Healthy, string Message, double? Latency = null, string? Error = null);
