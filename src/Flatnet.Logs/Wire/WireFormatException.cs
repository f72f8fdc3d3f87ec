namespace Flatnet.Logs.Wire;

/// <summary>A message that is JSON but not what the protocol says; the message names the member and what is accepted.</summary>
public sealed class WireFormatException(string message) : Exception(message);
