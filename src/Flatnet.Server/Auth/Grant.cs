using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Flatnet.Logs;

namespace Flatnet.Server.Auth;

/// <summary>What a key or a user is allowed, as files and commands name it.</summary>
/// <param name="Scopes">See <see cref="ScopeNames"/>.</param>
/// <param name="Tasks">IDs of tasks, or beginnings of IDs that end in <c>*</c>; null for all.</param>
internal sealed record Grant(ImmutableArray<string> Scopes, ImmutableArray<string>? Tasks = null)
{
    /// <summary>The scopes together.</summary>
    /// <exception cref="FormatException">One is not known.</exception>
    [JsonIgnore]
    public Scopes Combined => Scopes.Aggregate(Auth.Scopes.None, (all, name) => ScopeNames.TryParse(name, out Scopes scope)
        ? all | scope
        : throw new FormatException($"'{name}' is not a scope. Known: admin, logs:read, logs:write, logs:delete, tasks:write."));

    /// <exception cref="FormatException">A scope or a task's pattern makes no sense, or nothing is allowed.</exception>
    public Grant Checked()
    {
        if (Combined == Auth.Scopes.None)
        {
            throw new FormatException("No scope is named. Known: admin, logs:read, logs:write, logs:delete, tasks:write.");
        }

        foreach (string task in Tasks ?? [])
        {
            if (!IsPattern(task))
            {
                throw new FormatException($"'{task}' is neither a task's ID nor the beginning of one with a * at its end.");
            }
        }

        return this;
    }

    /// <summary>An ID, or the beginning of one with a <c>*</c> at its end.</summary>
    public static bool IsPattern(string task) => task == "*" || TaskId.IsValid(task.EndsWith('*') ? task[..^1] : task);
}
