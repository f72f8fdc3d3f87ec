namespace Flatnet.Agent.Configuration;

/// <summary>How the agent shows who it is.</summary>
internal enum AuthType
{
    /// <summary><c>Authorization: Bearer</c> with a token.</summary>
    Bearer = 1,

    /// <summary><c>X-API-Key</c> with a key.</summary>
    ApiKey,
}
