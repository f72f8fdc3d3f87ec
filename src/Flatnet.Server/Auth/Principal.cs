using System.Collections.Immutable;

namespace Flatnet.Server.Auth;

/// <summary>Who asks, and what is allowed.</summary>
/// <param name="Id">Names the asker in logs and rate limits, for instance <c>key:ci-agent</c> or <c>jwt:issuer#subject</c>. No secret.</param>
/// <param name="Scopes">What is allowed.</param>
/// <param name="Tasks">On which tasks: IDs, or beginnings of IDs that end in <c>*</c>; null for all.</param>
/// <param name="ExpiresAt">Until when; null for ever.</param>
internal sealed record Principal(string Id, Scopes Scopes, ImmutableArray<string>? Tasks, DateTimeOffset? ExpiresAt)
{
    public bool Allows(Scopes scopes) => (Scopes & scopes) == scopes;

    public bool AllowsTask(string taskId) =>
        Tasks is not { } tasks || tasks.Any(task => task.EndsWith('*') ? taskId.StartsWith(task[..^1], StringComparison.Ordinal) : task == taskId);
}
