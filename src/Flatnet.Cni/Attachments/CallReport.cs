namespace Flatnet.Cni.Attachments;

/// <summary>What a call has to say beside its result: goes to stderr and into the log line, never to stdout.</summary>
internal sealed class CallReport
{
    private readonly List<string> _warnings = [];

    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>The addresses the call was about, for the log line.</summary>
    public string? Addresses { get; set; }

    /// <summary>The name the user gave the container, for the log line.</summary>
    public string? ContainerName { get; set; }

    public void Warn(string message) => _warnings.Add(message);
}
