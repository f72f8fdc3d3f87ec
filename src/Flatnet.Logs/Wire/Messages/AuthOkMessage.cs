namespace Flatnet.Logs.Wire;

/// <summary>The token is good.</summary>
/// <param name="ExpiresAt">Until when (RFC 3339); null for ever.</param>
public sealed record AuthOkMessage(string? ExpiresAt) : WireMessage(Name)
{
    /// <summary>The message's name.</summary>
    public const string Name = "auth_ok";
}
