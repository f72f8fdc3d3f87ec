namespace Flatnet.Server.Rest.Tasks;

/// <summary>The body of <c>PUT /tasks/{taskId}/level</c>.</summary>
internal sealed record LevelChange(string? Level = null);
