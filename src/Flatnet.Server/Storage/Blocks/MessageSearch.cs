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

    /// <summary>The first byte in both cases.</summary>
    private readonly SearchValues<byte>? _first;

    public MessageSearch(string text)
    {
        _text = text;
        if (text.All(static letter => char.IsAscii(letter) || IsWithoutCase(letter)))
        {
            _bytes = Encoding.UTF8.GetBytes(text.ToLowerInvariant());
            _first = SearchValues.Create([_bytes[0], Upper(_bytes[0])]);
        }
    }

    /// <summary>Whether the text may be in one of several messages; false is certain.</summary>
    public bool CanBeIn(ReadOnlySpan<byte> messages) => _bytes is null || Contains(messages);

    public bool IsIn(ReadOnlySpan<byte> message) =>
        _bytes is not null ? Contains(message) : Encoding.UTF8.GetString(message).Contains(_text, StringComparison.OrdinalIgnoreCase);

    private bool Contains(ReadOnlySpan<byte> bytes)
    {
        for (int start = 0; start + _bytes!.Length <= bytes.Length;)
        {
            int found = bytes[start..].IndexOfAny(_first!);
            if (found < 0 || start + found + _bytes.Length > bytes.Length)
            {
                return false;
            }

            start += found;
            if (Matches(bytes.Slice(start, _bytes.Length), _bytes))
            {
                return true;
            }

            start++;
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

    private static byte Upper(byte value) => value is >= (byte)'a' and <= (byte)'z' ? (byte)(value - 0x20) : value;

    /// <summary>Kana, han and hangul: no other letter is equal to one of them in any case.</summary>
    private static bool IsWithoutCase(char letter) => letter is (>= '\u2e80' and <= '\ua4cf') or (>= '\uac00' and <= '\ud7a3');
}
