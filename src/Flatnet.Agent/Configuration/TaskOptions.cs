namespace Flatnet.Agent.Configuration;

/// <summary>How the task is run.</summary>
internal sealed record TaskOptions
{
    public string? Id { get; init; }

    public required string WorkDirectory { get; init; }

    /// <summary>How long it may run; zero for ever.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>A prompt without line end makes it WAITING_FOR_INPUT.</summary>
    public required bool DetectsInput { get; init; }
}
