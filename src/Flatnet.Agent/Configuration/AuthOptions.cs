namespace Flatnet.Agent.Configuration;

/// <summary>Who the agent is to the server. Never printed.</summary>
internal sealed record AuthOptions
{
    public required AuthType Type { get; init; }

    public string? Token { get; init; }

    /// <summary>Holds the token; read again when the server refuses it.</summary>
    public string? TokenFile { get; init; }

    public string? ApiKey { get; init; }

    public string? ApiKeyFile { get; init; }

    /// <summary>A record prints its members; these must not be.</summary>
    public override string ToString() => $"{Type}";
}
