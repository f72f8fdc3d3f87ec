namespace Flatnet.Cli.Status;

/// <summary>How a component is. The names are shown as they are.</summary>
internal enum ComponentState
{
    Running,
    Ready,
    Connected,
    Warning,
    Disabled,
    Stopped,
    Error,
    Timeout,
    Unknown,
}
