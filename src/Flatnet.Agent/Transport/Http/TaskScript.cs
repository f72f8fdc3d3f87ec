namespace Flatnet.Agent.Transport.Http;

/// <summary>The three scripts of a task, run in this order.</summary>
internal sealed record TaskScript(string? InstallScript, string? ExecuteScript, string? CleanupScript);
