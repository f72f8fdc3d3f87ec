namespace Flatnet.Agent.Processes;

/// <summary>What to run, and how.</summary>
/// <param name="File">The program or script, as a full path.</param>
internal sealed record ChildStart(string File)
{
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Where it runs.</summary>
    public required string WorkDirectory { get; init; }

    /// <summary>Variables beside those that it inherits.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
