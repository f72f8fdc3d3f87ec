namespace Flatnet.Server.Rest;

/// <summary>What the REST interface does on its own account.</summary>
internal sealed record RestOptions
{
    /// <summary>A line for a task that nobody has created creates it.</summary>
    public bool AutoCreate { get; init; } = true;
}
