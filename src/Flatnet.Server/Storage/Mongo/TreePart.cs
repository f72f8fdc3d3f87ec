namespace Flatnet.Server.Storage.Mongo;

/// <summary>Something of a task that lies in a document of its own: a block's lines, headers, streams or the script.</summary>
/// <param name="Number">By which the tree knows it.</param>
/// <param name="TaskId">The task, for people who look into the database.</param>
/// <param name="Content">What it is; never changed.</param>
internal sealed record TreePart(long Number, string TaskId, byte[] Content);
