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

    /// <summary>Looks at this process's own streams.</summary>
    public static TerminalInfo Find()
    {
        bool isOutput = !Console.IsOutputRedirected;
        // A serial console reports a width of 0.
        return isOutput && Console.WindowWidth is > 0 and var width && Console.WindowHeight is > 0 and var height
            ? new TerminalInfo(true, !Console.IsErrorRedirected, true, width, height)
            : None with { IsOutput = isOutput, IsError = !Console.IsErrorRedirected };
    }
}
