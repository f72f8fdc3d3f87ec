using System.Text.Json.Serialization;

namespace Flatnet.Logs.Wire;

/// <summary>A message of the WebSocket protocol.</summary>
public abstract record WireMessage
{
    private protected WireMessage(string type) => Type = type;

    /// <summary>The message's name, the member <c>type</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Type { get; }
}
