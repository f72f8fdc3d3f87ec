namespace Flatnet.Server.Storage.Mongo;

/// <summary>A tree names a part that is not there: the tree was replaced meanwhile, or the store is damaged.</summary>
internal sealed class MissingPartException(long number) : Exception($"Part {number} is missing.");
