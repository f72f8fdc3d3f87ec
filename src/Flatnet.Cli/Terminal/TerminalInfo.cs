namespace Flatnet.Cli.Terminal;

/// <summary>What standard output and standard error are connected to.</summary>
/// <param name="IsOutput">Standard output is a terminal.</param>
/// <param name="IsError">Standard error is a terminal: progress may be shown there.</param>
/// <param name="Color">Colours may be used on standard output.</param>
/// <param name="Width">Columns; 80 when unknown.</param>
/// <param name="Height">Lines; 24 when unknown.</param>
internal sealed record TerminalInfo(bool IsOutput, bool IsError, bool Color, int Width, int Height)
{
    /// <summary>No terminal at all, as in a pipe.</summary>
    public static TerminalInfo None { get; } = new(false, false, false, 80, 24);
}
