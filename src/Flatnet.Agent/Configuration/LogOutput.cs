namespace Flatnet.Agent.Configuration;

/// <summary>Where the agent's own log goes.</summary>
internal enum LogOutput
{
    Stderr = 1,
    Stdout,
    File,
}
