using Flatnet.Agent.Capture;

namespace Flatnet.Agent.Pipeline;

/// <summary>A task and how it is run.</summary>
internal sealed record TaskRunOptions
{
    public required IReadOnlyList<TaskStep> Steps { get; init; }

    /// <summary>Where they run.</summary>
    public required string WorkDirectory { get; init; }

    /// <summary>Variables beside those that they inherit.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>How long each may run; zero for ever.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>How long a child has to end when it was asked to.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    public CaptureOptions Capture { get; init; } = new();
}
