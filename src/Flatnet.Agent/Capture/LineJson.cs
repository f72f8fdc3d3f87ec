using System.Buffers;
using System.Buffers.Text;
using Flatnet.Logs;

namespace Flatnet.Agent.Capture;

/// <summary>
/// Writes a line as the object that is sent: what <see cref="Logs.Wire.LogEntryJson"/> reads, without the stream's ID. By hand
/// and in one pass over the bytes, because a task that writes as fast as it can waits for this.
/// </summary>
internal static class LineJson
{
    // All members and their names, without the message.
    private const int MaxMembers = 512;
    private const int MaxEscape = 6;

    private static readonly SearchValues<byte> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, ' ').Select(static value => (byte)value), (byte)'"', (byte)'\\']);

    /// <summary>The room that a message may need.</summary>
    public static int MaxLength(int message) => MaxMembers + (message * MaxEscape);

    /// <summary>Writes the object.</summary>
    /// <param name="destination">Has room for <see cref="MaxLength"/>.</param>
    /// <param name="line">Where and when; its text is not used.</param>
    /// <param name="message">The text, valid UTF-8.</param>
    /// <param name="details">The rest.</param>
    /// <returns>The length.</returns>
    public static int Write(Span<byte> destination, in RawLine line, ReadOnlySpan<byte> message, in LineDetails details)
    {
        var output = new Output(destination);
        output.Write("{\"timestamp\":\""u8);
        output.Write(details.Time);
        output.Write(line.Source switch
        {
            LogSource.Stdout => "\",\"source\":\"stdout\",\"level\":\""u8,
            LogSource.Stderr => "\",\"source\":\"stderr\",\"level\":\""u8,
            _ => "\",\"source\":\"agent\",\"level\":\""u8,
        });
        output.Write(Name(details.Level));
        output.Write("\",\"message\":\""u8);
        output.WriteEscaped(message);
        output.Write("\",\"lineNumber\":"u8);
        output.Write(line.Number);
        output.Write(",\"sequence\":"u8);
        output.Write(details.Sequence);
        if (line.IsPartial)
        {
            output.Write(",\"partial\":true"u8);
        }

        if (line.Replaces > 0)
        {
            output.Write(",\"replaces\":"u8);
            output.Write(line.Replaces);
        }

        if (details.OriginalLength > 0)
        {
            output.Write(",\"truncated\":true,\"originalLength\":"u8);
            output.Write(details.OriginalLength);
        }

        if (details.IsInvalidText)
        {
            output.Write(",\"metadata\":{\"encoding\":\"invalid\"}"u8);
        }

        output.Write("}"u8);
        return output.Length;
    }

    private static ReadOnlySpan<byte> Name(LogLevel level) => level switch
    {
        LogLevel.Trace => "TRACE"u8,
        LogLevel.Debug => "DEBUG"u8,
        LogLevel.Info => "INFO"u8,
        LogLevel.Warn => "WARN"u8,
        LogLevel.Error => "ERROR"u8,
        _ => "FATAL"u8,
    };

    private ref struct Output(Span<byte> destination)
    {
        private readonly Span<byte> _destination = destination;

        public int Length { get; private set; }

        public Span<byte> Take(int length)
        {
            Span<byte> taken = _destination.Slice(Length, length);
            Length += length;
            return taken;
        }

        public void Write(ReadOnlySpan<byte> text) => text.CopyTo(Take(text.Length));

        public void Write(long number)
        {
            Utf8Formatter.TryFormat(number, _destination[Length..], out int written);
            Length += written;
        }

        public void WriteEscaped(ReadOnlySpan<byte> text)
        {
            while (text.IndexOfAny(Escaped) is var plain and >= 0)
            {
                Write(text[..plain]);
                Escape(text[plain]);
                text = text[(plain + 1)..];
            }

            Write(text);
        }

        private void Escape(byte value)
        {
            switch (value)
            {
                case (byte)'"':
                    Write("\\\""u8);
                    break;
                case (byte)'\\':
                    Write("\\\\"u8);
                    break;
                case (byte)'\t':
                    Write("\\t"u8);
                    break;
                default:
                    Write("\\u00"u8);
                    Utf8Formatter.TryFormat(value, Take(2), out _, new StandardFormat('x', 2));
                    break;
            }
        }
    }
}
