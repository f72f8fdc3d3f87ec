using System.Buffers.Text;
using System.Text;

namespace Flatnet.Ipam;

/// <summary>Grows while JSON is appended to it. <c>Utf8JsonWriter</c> would do the same, but the tables of its encoder are built at
/// the first string, which is a twentieth of a plugin's whole life.</summary>
/// <param name="capacity">Bytes to begin with.</param>
public sealed class JsonBuffer(int capacity)
{
    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(capacity);

    private int Length { get; set; }

    /// <summary>What has been appended so far; valid until the next append.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    internal byte[] ToArray() => _bytes.AsSpan(0, Length).ToArray();

    /// <summary>Appends text that is JSON already.</summary>
    public void Append(ReadOnlySpan<byte> json)
    {
        json.CopyTo(Free(json.Length));
        Length += json.Length;
    }

    /// <summary>Appends a number.</summary>
    public void AppendNumber(long number)
    {
        // The longest is -9223372036854775808.
        Utf8Formatter.TryFormat(number, Free(20), out int written);
        Length += written;
    }

    /// <summary>Appends <c>"text"</c>. Quotes, backslashes and control characters are escaped, the rest is UTF-8; half a
    /// surrogate pair becomes U+FFFD.</summary>
    public void AppendString(string text)
    {
        Append("\""u8);
        int worstCase = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> utf8 = worstCase <= 512 ? stackalloc byte[512] : new byte[worstCase];
        utf8 = utf8[..Encoding.UTF8.GetBytes(text, utf8)];
        int plain = 0;
        for (int i = 0; i < utf8.Length; i++)
        {
            if (utf8[i] < 0x20 || utf8[i] is (byte)'"' or (byte)'\\')
            {
                Append(utf8[plain..i]);
                AppendEscaped(utf8[i]);
                plain = i + 1;
            }
        }

        Append(utf8[plain..]);
        Append("\""u8);
    }

    private void AppendEscaped(byte b)
    {
        if (b is (byte)'"' or (byte)'\\')
        {
            Append([(byte)'\\', b]);
        }
        else
        {
            Append([(byte)'\\', (byte)'u', (byte)'0', (byte)'0', HexDigit(b >> 4), HexDigit(b & 15)]);
        }
    }

    private static byte HexDigit(int value) => (byte)(value < 10 ? '0' + value : 'a' + value - 10);

    private Span<byte> Free(int needed)
    {
        if (_bytes.Length - Length < needed)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + needed));
        }

        return _bytes.AsSpan(Length);
    }
}
