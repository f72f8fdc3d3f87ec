namespace Flatnet.Server.Storage.Blocks;

/// <summary>Lines of a task that are stored together.</summary>
/// <param name="Header">What is known of it without opening it.</param>
/// <param name="Payload">The lines, as <see cref="BlockBuilder"/> packs them.</param>
internal sealed record Block(BlockHeader Header, byte[] Payload);
