namespace Flatnet.Logs.Wire;

/// <summary>First message of a connection that could not send headers, and the renewal of a token that runs out.</summary>
/// <param name="Token">A JWT or an API key.</param>
public sealed record AuthMessage(string? Token) : WireMessage(Name)
{
    /// <summary>The message's name.</summary>
    public const string Name = "auth";
}
