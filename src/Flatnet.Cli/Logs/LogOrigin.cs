namespace Flatnet.Cli.Logs;

/// <summary>Whose line it is and where it was read.</summary>
/// <param name="Target">The component's, container's or task's name.</param>
/// <param name="Source"><c>loki</c>, <c>podman</c>, <c>file</c> or <c>task</c>.</param>
internal sealed record LogOrigin(string Target, string Source);
