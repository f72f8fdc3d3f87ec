namespace Flatnet.Cli.Logs;

/// <summary>Whose line it is and where it was read.</summary>
/// <param name="Target">The component's or container's name.</param>
/// <param name="Source"><c>loki</c>, <c>podman</c> or <c>file</c>.</param>
internal sealed record LogOrigin(string Target, string Source);
