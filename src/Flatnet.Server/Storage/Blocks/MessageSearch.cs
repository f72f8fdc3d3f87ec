using System.Buffers;
using System.Text;

namespace Flatnet.Server.Storage.Blocks;

/// <summary>
/// Finds a text in messages as they are stored, in UTF-8, in any case (ordinal). A text of ASCII, and of scripts that have no case,
/// is looked for among the bytes; any other one in the message as a string.
/// </summary>
internal sealed class MessageSearch
{
    private readonly string _text;

    /// <summary>The text's bytes with small letters; null if it has letters beyond ASCII that have two cases.</summary>
    private readonly byte[]? _bytes;

    /// <summary>Where the byte of the text is that occurs least in logs, and that byte in both cases.</summary>
    private readonly int _rarest;
    private readonly SearchValues<byte>? _rare;

    public MessageSearch(string text)
    {
        _text = text;
        if (text.All(static letter => char.IsAscii(letter) || IsWithoutCase(letter)))
        {
            _bytes = Encoding.UTF8.GetBytes(text.ToLowerInvariant());
            _rarest = Enumerable.Range(0, _bytes.Length).MinBy(index => Frequency(_bytes[index]));
            _rare = SearchValues.Create([_bytes[_rarest], Upper(_bytes[_rarest])]);
        }
    }

    /// <summary>Whether the text may be in one of several messages; false is certain.</summary>
    public bool CanBeIn(ReadOnlySpan<byte> messages) => _bytes is null || Contains(messages);

    public bool IsIn(ReadOnlySpan<byte> message) =>
        _bytes is not null ? Contains(message) : Encoding.UTF8.GetString(message).Contains(_text, StringComparison.OrdinalIgnoreCase);

    private bool Contains(ReadOnlySpan<byte> bytes)
    {
        int last = bytes.Length - _bytes!.Length;
        for (int start = 0; start <= last; start++)
        {
            int found = bytes[(start + _rarest)..].IndexOfAny(_rare!);
            if (found < 0 || start + found > last)
            {
                return false;
            }

            start += found;
            if (Matches(bytes.Slice(start, _bytes.Length), _bytes))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Matches(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> wanted)
    {
        for (int index = 0; index < wanted.Length; index++)
        {
            if (bytes[index] != wanted[index] && bytes[index] != Upper(wanted[index]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>How often a byte occurs in logs, roughly: English letters by rank, above them what stands between words and in numbers.</summary>
    private static int Frequency(byte value)
    {
        const string Rising = "zqxjkvbywgpfmucdlhrsnioate";
        int rank = Rising.IndexOf((char)value, StringComparison.Ordinal);
        return rank >= 0 ? rank : char.IsAsciiDigit((char)value) ? 20 : value == ' ' ? 30 : 10;
    }

    private static byte Upper(byte value) => value is >= (byte)'a' and <= (byte)'z' ? (byte)(value - 0x20) : value;

    /// <summary>Kana, han and hangul: no other letter is equal to one of them in any case.</summary>
    private static bool IsWithoutCase(char letter) => letter is (>= '\u2e80' and <= '\ua4cf') or (>= '\uac00' and <= '\ud7a3');
}
