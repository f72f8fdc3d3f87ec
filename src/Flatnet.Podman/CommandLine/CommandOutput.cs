namespace Flatnet.Podman.CommandLine;

/// <summary>What a program that has ended left behind.</summary>
internal sealed record CommandOutput(int ExitCode, ReadOnlyMemory<byte> Output, string Errors)
{
    /// <summary>The line of standard error that says why it failed; warnings may surround it.</summary>
    public string Reason
    {
        get
        {
            const string Mark = "Error: ";
            string[] lines = Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            string? marked = lines.LastOrDefault(line => line.StartsWith(Mark, StringComparison.Ordinal));
            return marked?[Mark.Length..] ?? lines.LastOrDefault() ?? $"exit code {ExitCode}";
        }
    }
}
