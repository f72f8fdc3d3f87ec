namespace Flatnet.Podman.Logs;

/// <summary>Text that begins with a time stamp and a space, as Podman sends it when asked for stamps.</summary>
internal static class StampedText
{
    /// <summary>Takes off the stamp.</summary>
    /// <param name="text">The text without a line end.</param>
    /// <param name="channel">Where it was written.</param>
    /// <param name="before">The stamp for text that has none: that of the text before.</param>
    public static LogRecord Parse(ReadOnlyMemory<byte> text, LogChannel channel, long before)
    {
        ReadOnlySpan<byte> bytes = text.Span;
        return Rfc3339.TryParse(bytes, out long time, out int length) && (length == bytes.Length || bytes[length] == ' ')
            ? new LogRecord(time, channel, text[Math.Min(length + 1, bytes.Length)..])
            : new LogRecord(before, channel, text);
    }
}
