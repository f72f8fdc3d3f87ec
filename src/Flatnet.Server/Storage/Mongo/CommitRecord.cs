using System.Collections.Immutable;

namespace Flatnet.Server.Storage.Mongo;

/// <summary>A commit on its way. It is made the moment its state becomes <see cref="CommitState.Made"/>; the record goes once all of it is done.</summary>
/// <param name="Number">By which documents of tasks name it.</param>
/// <param name="BegunAt">When it was begun, by its server's clock.</param>
/// <param name="State">What has become of it.</param>
/// <param name="NewParts">Parts that are of no use if it is given up.</param>
/// <param name="OldParts">Parts that are of no use once it is made.</param>
/// <param name="Commits">What other servers are told when it is made.</param>
internal sealed record CommitRecord(
    long Number, DateTime BegunAt, CommitState State, ImmutableArray<long> NewParts, ImmutableArray<long> OldParts, ImmutableArray<Commit> Commits);
