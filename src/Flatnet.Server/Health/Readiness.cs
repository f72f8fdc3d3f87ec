namespace Flatnet.Server.Health;

/// <summary>Whether work may be sent here.</summary>
internal sealed class Readiness;
