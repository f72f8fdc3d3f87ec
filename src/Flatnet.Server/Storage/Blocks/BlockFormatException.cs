namespace Flatnet.Server.Storage.Blocks;

/// <summary>The bytes of a block are not what was written; the message says in what way.</summary>
internal sealed class BlockFormatException(string message) : Exception(message);
