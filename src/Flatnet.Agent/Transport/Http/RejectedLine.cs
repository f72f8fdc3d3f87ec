namespace Flatnet.Agent.Transport.Http;

/// <summary>A line that the server will never take.</summary>
/// <param name="Index">Its place in the batch, from 0.</param>
/// <param name="Code">See <see cref="Logs.Wire.ErrorCode"/>.</param>
/// <param name="Message">Why.</param>
internal sealed record RejectedLine(int Index, string? Code, string? Message);
