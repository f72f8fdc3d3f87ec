using System.Collections.Immutable;
using Flatnet.Server.Storage.Blocks;

namespace Flatnet.Server.Storage.Mongo;

/// <summary>
/// A task with everything that belongs to it. What would outgrow a document lies in parts, which are never changed: a change writes
/// other parts and another tree, so that a tree is always whole, and a part that nobody made a commit of is not seen by anybody.
/// </summary>
/// <param name="State">The task's row, without its script.</param>
/// <param name="Script">The part with the script; 0 for none.</param>
/// <param name="Streams">The streams that changed last, the latest at the end.</param>
/// <param name="StreamPages">Parts with the others; a later one counts where two have the same stream.</param>
/// <param name="Pages">Parts with the headers of blocks, in their order.</param>
/// <param name="Tail">The headers of the blocks after those, each with the number of the part that is its payload.</param>
internal sealed record TaskTree(
    TaskState State,
    long Script,
    ImmutableArray<StreamState> Streams,
    ImmutableArray<long> StreamPages,
    ImmutableArray<TreePage> Pages,
    ImmutableArray<BlockHeader> Tail);
