using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace Flatnet.Logs;

/// <summary>
/// A quick look at a line's bytes: whether anything in it may tell a level. Most lines have nothing, and are spared the patterns.
/// It may say yes in vain, but never no.
/// </summary>
internal static class LevelHints
{
    // What the patterns take for a timestamp is shorter, but for the blanks behind it.
    private const int LongestTimestamp = 64;

    private const byte Escape = 0x1b;

    // Where a level that is not at the start may begin: a bracket or a capital letter. A colour may be in the middle of one.
    private static readonly SearchValues<byte> Beginnings = SearchValues.Create([Escape, .. "[<ABCDEFGHIJKLMNOPQRSTUVWXYZ"u8]);

    // The first three letters of the levels' names, and of the tools whose lines have a form of their own.
    private static readonly FrozenSet<int> Stems = new[]
    {
        "tra", "trc", "ver", "vrb", "deb", "dbu", "dbg", "inf", "not", "war", "wrn", "err", "fai", "fat", "ftl", "cri", "sev", "pan", "ale", "eme",
        "gcc", "npm", "php",
    }.Select(static stem => Stem((byte)stem[0], (byte)stem[1], (byte)stem[2])).ToFrozenSet();

    /// <param name="line">The whole line in UTF-8.</param>
    /// <param name="headLength">In so many bytes levels are looked for, unless it is JSON.</param>
    public static bool AreIn(ReadOnlySpan<byte> line, int headLength)
    {
        ReadOnlySpan<byte> head = line[..Math.Min(line.Length, headLength)];
        int start = LengthOfTimestamp(head);
        return start >= LongestTimestamp || StructuredLevel.MayBeJson(line.TrimStart(" \t"u8))
            || IsAtStart(head) || (start > 0 && IsAtStart(head[start..])) || IsWithin(head);
    }

    private static int LengthOfTimestamp(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> text = head.Length > 0 && head[0] is (byte)'[' or (byte)'(' or (byte)'<' or (byte)'{' ? head[1..] : head;
        if (text.IsEmpty || !(char.IsAsciiDigit((char)text[0]) || char.IsAsciiLetterUpper((char)text[0])))
        {
            return 0;
        }

        Span<char> beginning = stackalloc char[LongestTimestamp];
        beginning = beginning[..Encoding.Latin1.GetChars(head[..Math.Min(head.Length, LongestTimestamp)], beginning)];
        foreach (ValueMatch match in LevelPatterns.Timestamp().EnumerateMatches(beginning))
        {
            return match.Length;
        }

        return 0;
    }

    // A level's name, the letter of klog or Ruby, a syslog priority, a compiler's "file:line:", or keys and values with a level's key.
    private static bool IsAtStart(ReadOnlySpan<byte> text)
    {
        if (IsStem(text) || text is [(byte)'<', ..] or [(byte)'E' or (byte)'W' or (byte)'I' or (byte)'D' or (byte)'F', (byte)',' or (>= (byte)'0' and <= (byte)'9'), ..])
        {
            return true;
        }

        int end = text.IndexOfAny("= \""u8);
        return end > 0 && (text[end] == '=' ? StructuredLevel.MayBeLogfmt(text) : end > 1 && text[end - 1] == ':' && char.IsAsciiDigit((char)text[end - 2]));
    }

    private static bool IsWithin(ReadOnlySpan<byte> head)
    {
        int position = 0;
        while (head[position..].IndexOfAny(Beginnings) is var distance and >= 0)
        {
            position += distance;
            ReadOnlySpan<byte> text = head[position..];
            switch (text[0])
            {
                case Escape:
                case (byte)'[' when IsBracketed(text[1..]):
                case (byte)'<' when IsStem(text[1..]):
                    return true;
                case (byte)'[' or (byte)'<':
                    position++;
                    break;
                default:
                    int length = text.IndexOfAnyExceptInRange((byte)'A', (byte)'Z');
                    length = length < 0 ? text.Length : length;
                    if (IsStem(text[..length]) && (position == 0 || head[position - 1] is (byte)' ' or (byte)'\t' or (byte)'"' or (byte)':' or (byte)'.' or (byte)'/'))
                    {
                        return true;
                    }

                    position += length;
                    break;
            }
        }

        return false;
    }

    // A level's name or letter, perhaps behind a logger's name and a colon.
    private static bool IsBracketed(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)']');
        if (end < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> word = text[..end].Trim((byte)' ');
        word = word[(word.LastIndexOf((byte)':') + 1)..];
        return word.Length == 1 || IsStem(word);
    }

    private static bool IsStem(ReadOnlySpan<byte> text) => text.Length >= 3 && Stems.Contains(Stem(text[0], text[1], text[2]));

    // In small letters.
    private static int Stem(byte first, byte second, byte third) => ((first << 16) | (second << 8) | third) | 0x202020;
}
