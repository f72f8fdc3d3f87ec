namespace Flatnet.Cli.Doctor;

/// <summary>A fix that was tried.</summary>
/// <param name="Check">Whose finding it was.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Done">What was done; null when it failed.</param>
/// <param name="Problem">Why it failed; null when it was done.</param>
internal sealed record FixReport(ICheck Check, string Description, string? Done, string? Problem);
