namespace Flatnet.Cli.Status;

/// <summary>One row of <c>flatnet status</c>.</summary>
internal sealed record ComponentStatus(string Name, ComponentState State, string Details);
