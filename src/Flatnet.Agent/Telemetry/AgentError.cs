namespace Flatnet.Agent.Telemetry;

/// <summary>The kinds of errors that are counted apart.</summary>
internal enum AgentError
{
    /// <summary>Over the WebSocket.</summary>
    Socket,

    /// <summary>Over REST.</summary>
    Api,

    /// <summary>In the spool.</summary>
    Spool,

    /// <summary>A line that the server will never take.</summary>
    Rejected,
}
