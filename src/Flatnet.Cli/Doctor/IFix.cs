namespace Flatnet.Cli.Doctor;

/// <summary>A cure that cannot do harm: doing it twice changes nothing more, and nothing that works stops.</summary>
internal interface IFix
{
    /// <summary>What it is for, such as <c>enable IPv4 forwarding</c>.</summary>
    public string Description { get; }

    /// <summary>Does it.</summary>
    /// <returns>What was done, in the past tense.</returns>
    public Task<string> ApplyAsync(CancellationToken cancellation);
}
