namespace Flatnet.Agent.Transport.Http;

/// <summary>The body of an answer that refuses.</summary>
internal sealed record ErrorAnswer(ErrorAnswer.Content? Error)
{
    internal sealed record Content(string? Code, string? Message);
}
