namespace Flatnet.Server.Storage.Mongo;

/// <summary>Headers of blocks that follow each other, in a part.</summary>
/// <param name="Part">The part's number.</param>
/// <param name="FirstSeq">The first seq of its first block.</param>
/// <param name="LastSeq">The last seq of its last block.</param>
/// <param name="Count">How many blocks.</param>
internal readonly record struct TreePage(long Part, long FirstSeq, long LastSeq, int Count);
