using System.Collections.Immutable;

namespace Flatnet.Server.Storage;

/// <summary>What a task's lines add up to.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Bytes">The UTF-8 length of all messages.</param>
/// <param name="Sources">How many of each source; index is the number of <see cref="Logs.LogSource"/>, length 4.</param>
/// <param name="Levels">How many of each level; index is the number of <see cref="Logs.LogLevel"/>, length 7.</param>
/// <param name="Earliest">The least timestamp; null without lines.</param>
/// <param name="Latest">The greatest timestamp; null without lines.</param>
internal sealed record TaskStatistics(
    long Count, long Bytes, ImmutableArray<long> Sources, ImmutableArray<long> Levels, long? Earliest, long? Latest);
