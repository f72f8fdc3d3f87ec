namespace Flatnet.Server.Rest.Bodies;

/// <summary>An entry of a batch that is not stored.</summary>
/// <param name="Index">Its place in the batch, from 0.</param>
/// <param name="Code">See <see cref="Logs.Wire.ErrorCode"/>.</param>
/// <param name="Message">Why.</param>
internal sealed record RejectedEntry(int Index, string Code, string Message);
