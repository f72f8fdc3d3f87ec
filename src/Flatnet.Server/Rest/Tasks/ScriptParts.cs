namespace Flatnet.Server.Rest.Tasks;

/// <summary>What an agent runs, in order; what is null is not there.</summary>
internal sealed record ScriptParts(string? InstallScript = null, string? ExecuteScript = null, string? CleanupScript = null);
