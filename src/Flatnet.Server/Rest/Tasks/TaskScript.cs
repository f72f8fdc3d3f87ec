namespace Flatnet.Server.Rest.Tasks;

/// <summary>The answer of <c>GET /tasks/{taskId}/script</c>, stored as it is.</summary>
internal sealed record TaskScript(ScriptParts Script, IReadOnlyDictionary<string, string> Environment);
