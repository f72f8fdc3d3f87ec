namespace Flatnet.Podman;

/// <summary>Decides which lines are wanted, on their bytes.</summary>
public interface ILineFilter
{
    /// <summary>Bytes that every wanted line contains, so that a reader can skip whole blocks without them; empty when nothing is known.</summary>
    public ReadOnlySpan<byte> Required { get; }

    /// <summary>Whether the line is wanted.</summary>
    public bool IsMatch(in LogRecord record);
}
