using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Flatnet.Logs;

/// <summary>
/// Finds the level that a program gave its line. Kinds of evidence are looked for one after the other; the first kind that is
/// there decides, and if it names two levels nothing is decided. A word such as "error" in the middle of a sentence is no evidence.
/// </summary>
public static class LevelDetector
{
    // A level stands in the head of a line; what follows may be any text.
    private const int HeadLength = 512;

    /// <summary>The level of a line in UTF-8; null when nothing tells it.</summary>
    public static LogLevel? Detect(ReadOnlySpan<byte> line) => LevelHints.AreIn(line, HeadLength) ? Look(line) : null;

    /// <summary>As <see cref="Detect(ReadOnlySpan{byte})"/>, without a quick look before.</summary>
    internal static LogLevel? Look(ReadOnlySpan<byte> line)
    {
        // Widening keeps positions; all that is looked for is ASCII.
        Span<char> head = stackalloc char[Math.Min(line.Length, HeadLength)];
        Encoding.Latin1.GetChars(line[..head.Length], head);
        Span<char> plain = stackalloc char[head.Length];
        plain = plain[..WithoutColors(head, plain)];
        ReadOnlySpan<char> rest = plain[LengthOfTimestamp(plain)..];

        Finding finding = StructuredLevel.Find(line, rest);
        if (!finding.IsAny)
        {
            finding = LineStart(plain, rest);
        }

        if (!finding.IsAny)
        {
            finding = All(rest, LevelPatterns.Bracketed());
        }

        if (!finding.IsAny)
        {
            finding = All(rest, LevelPatterns.AfterName());
        }

        if (!finding.IsAny)
        {
            finding = All(rest, LevelPatterns.Quoted());
        }

        if (!finding.IsAny)
        {
            finding = All(rest, LevelPatterns.Alone());
        }

        return finding.Decided;
    }

    /// <summary>The level of a line; null when nothing tells it.</summary>
    public static LogLevel? Detect(string line)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(line.Length));
        try
        {
            return Detect(bytes.AsSpan(0, Encoding.UTF8.GetBytes(line, bytes)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static Finding LineStart(ReadOnlySpan<char> plain, ReadOnlySpan<char> rest)
    {
        if (LevelPatterns.Klog().IsMatch(rest))
        {
            return OfLetter(rest[0]);
        }

        if (LevelPatterns.Klog().IsMatch(plain))
        {
            return OfLetter(plain[0]);
        }

        if (LevelPatterns.RubyLetter().IsMatch(plain))
        {
            return OfLetter(plain[0]);
        }

        foreach (ValueMatch match in LevelPatterns.SyslogPriority().EnumerateMatches(plain))
        {
            return Finding.Of(OfSyslog(int.Parse(plain[1..(match.Length - 1)], null) & 7));
        }

        foreach (ValueMatch match in LevelPatterns.Tool().EnumerateMatches(rest))
        {
            return OfTool(rest[..match.Length]);
        }

        return All(rest, LevelPatterns.FirstWord());
    }

    private static Finding OfTool(ReadOnlySpan<char> label) =>
        label.EndsWith("fatal error", StringComparison.OrdinalIgnoreCase) ? Finding.Of(LogLevel.Fatal)
        : default(Finding).And(LogLevelNames.TryParse(label[(label.LastIndexOf(' ') + 1)..], out LogLevel level) ? level : null);

    private static Finding OfLetter(char letter) => Finding.Of(letter switch
    {
        'E' => LogLevel.Error,
        'W' => LogLevel.Warn,
        'I' => LogLevel.Info,
        'D' => LogLevel.Debug,
        'T' => LogLevel.Trace,
        _ => LogLevel.Fatal,
    });

    private static LogLevel OfSyslog(int severity) => severity switch
    {
        <= 2 => LogLevel.Fatal,
        3 => LogLevel.Error,
        4 => LogLevel.Warn,
        5 or 6 => LogLevel.Info,
        _ => LogLevel.Debug,
    };

    // The patterns match a level with what must stand around it; the level is the longest run of letters in that.
    private static Finding All(ReadOnlySpan<char> text, Regex pattern)
    {
        Finding finding = default;
        foreach (ValueMatch match in pattern.EnumerateMatches(text))
        {
            ReadOnlySpan<char> word = text.Slice(match.Index, match.Length).Trim("[]()<>\" \t");
            word = word[(word.IndexOf(':') + 1)..];
            finding = finding.And(word.Length == 1 ? OfLetter(word[0]).Decided : LogLevelNames.TryParse(word, out LogLevel level) ? level : null);
        }

        return finding;
    }

    private static int LengthOfTimestamp(ReadOnlySpan<char> text)
    {
        foreach (ValueMatch match in LevelPatterns.Timestamp().EnumerateMatches(text))
        {
            return match.Length;
        }

        return 0;
    }

    private static int WithoutColors(ReadOnlySpan<char> text, Span<char> plain)
    {
        int length = 0;
        while (text.IndexOf('\u001b') is var escape and >= 0)
        {
            text[..escape].CopyTo(plain[length..]);
            length += escape;
            text = text[escape..];
            int end = text.Length > 1 && text[1] == '[' ? 2 + text[2..].IndexOfAnyInRange('@', '~') : 0;
            text = text[(Math.Max(end, 0) + 1)..];
        }

        text.CopyTo(plain[length..]);
        return length + text.Length;
    }
}
