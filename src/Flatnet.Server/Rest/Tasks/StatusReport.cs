namespace Flatnet.Server.Rest.Tasks;

/// <summary>The body of <c>PUT /tasks/{taskId}/status</c>.</summary>
internal sealed record StatusReport(string? Status = null, int? ExitCode = null);
