using System.Text;

namespace Flatnet.Podman.Tests.Logs;

/// <summary>Lines that contain a text, with or without telling the reader which.</summary>
internal sealed class Containing(string text, bool tells = true) : ILineFilter
{
    private readonly byte[] _text = Encoding.UTF8.GetBytes(text);

    public ReadOnlySpan<byte> Required => tells ? _text : [];

    public bool IsMatch(in LogRecord record)
    {
        return record.Text.Span.IndexOf(_text) >= 0;
    }
}
