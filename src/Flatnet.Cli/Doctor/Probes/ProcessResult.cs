namespace Flatnet.Cli.Doctor.Probes;

/// <summary>How a program ended and what it wrote.</summary>
internal sealed record ProcessResult(int ExitCode, string Output, string Errors);
