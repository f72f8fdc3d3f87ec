using System.Collections.Immutable;

namespace Flatnet.Agent.Transport.Http;

/// <summary>What a task is to run, as the server keeps it.</summary>
internal sealed record ScriptAnswer(TaskScript? Script, ImmutableDictionary<string, string>? Environment = null);
