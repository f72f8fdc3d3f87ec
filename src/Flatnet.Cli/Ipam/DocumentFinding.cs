namespace Flatnet.Cli.Ipam;

/// <summary>Something that a look at a lease file has shown.</summary>
/// <param name="Message">What is so.</param>
/// <param name="Cure">What to do about it; null when nothing is wrong.</param>
internal sealed record DocumentFinding(string Message, string? Cure)
{
    public bool IsProblem => Cure is not null;
}
