using System.Text.Json;

namespace Flatnet.Logs;

/// <summary>The level that a JSON or logfmt line names by key.</summary>
internal static class StructuredLevel
{
    /// <param name="line">The whole line in UTF-8.</param>
    /// <param name="head">Its beginning without colours and timestamp.</param>
    public static Finding Find(ReadOnlySpan<byte> line, ReadOnlySpan<char> head)
    {
        ReadOnlySpan<byte> text = line.TrimStart(" \t"u8);
        if (text.Length > 0 && text[0] == '{')
        {
            if (IsMongo(text))
            {
                return OfMongo(text);
            }

            // A parse is worth it only if a key is there at all; text that only looks like JSON is rare then.
            return MayBeJson(text) ? OfJson(text) : default;
        }

        return StartsWithKey(head) ? OfLogfmt(head) : default;
    }

    /// <summary>Whether a line may be JSON that names its level.</summary>
    /// <param name="text">The line without the blanks before it.</param>
    public static bool MayBeJson(ReadOnlySpan<byte> text) => text is [(byte)'{', ..]
        && (IsMongo(text) || text.IndexOf("level\""u8) >= 0 || text.IndexOf("\"lvl\""u8) >= 0 || text.IndexOf("\"severity\""u8) >= 0 || text.IndexOf("\"@l\""u8) >= 0);

    /// <summary>Whether keys and values in a line may name its level.</summary>
    public static bool MayBeLogfmt(ReadOnlySpan<byte> head) =>
        head.IndexOf("level="u8) >= 0 || head.IndexOf("lvl="u8) >= 0 || head.IndexOf("severity="u8) >= 0 || head.IndexOf("@l="u8) >= 0;

    private static bool IsMongo(ReadOnlySpan<byte> text) => text.StartsWith("{\"t\":{\"$date\":"u8);

    private static bool IsKey(ReadOnlySpan<char> name) => name is "level" or "lvl" or "severity" or "log.level" or "@l";

    private static Finding OfJson(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, isFinalBlock: false, default);
        Finding finding = default;
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                bool isKey = reader.ValueTextEquals("level"u8) || reader.ValueTextEquals("lvl"u8) || reader.ValueTextEquals("severity"u8)
                    || reader.ValueTextEquals("log.level"u8) || reader.ValueTextEquals("@l"u8);
                if (reader.Read() && isKey)
                {
                    finding = finding.And(OfValue(ref reader));
                }
            }
        }
        catch (JsonException)
        {
            // Cut off or not JSON after all: what was found so far counts.
        }

        return finding;
    }

    private static LogLevel? OfValue(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => LogLevelNames.TryParse(reader.GetString(), out LogLevel level) ? level : null,
        JsonTokenType.Number when reader.TryGetInt32(out int number) => OfNumber(number),
        _ => null,
    };

    // MongoDB writes "s":"I", its own letter, right behind the time; D has a number of its own.
    private static Finding OfMongo(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> rest = text[..Math.Min(text.Length, 128)];
        int at = rest.IndexOf("},\"s\":\""u8);
        return at < 0 || at + 7 >= rest.Length ? default : rest[at + 7] switch
        {
            (byte)'D' => Finding.Of(LogLevel.Debug),
            (byte)'I' => Finding.Of(LogLevel.Info),
            (byte)'W' => Finding.Of(LogLevel.Warn),
            (byte)'E' => Finding.Of(LogLevel.Error),
            (byte)'F' => Finding.Of(LogLevel.Fatal),
            _ => default,
        };
    }

    // The numbers of pino and bunyan.
    private static LogLevel? OfNumber(int number) => number switch
    {
        10 => LogLevel.Trace,
        20 => LogLevel.Debug,
        30 => LogLevel.Info,
        40 => LogLevel.Warn,
        50 => LogLevel.Error,
        60 => LogLevel.Fatal,
        _ => null,
    };

    // A line is logfmt if it begins so; "level=" in a sentence is talk about a level.
    private static bool StartsWithKey(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAny('=', ' ', '"');
        return end > 0 && text[end] == '=';
    }

    private static Finding OfLogfmt(ReadOnlySpan<char> text)
    {
        Finding finding = default;
        while (!text.IsEmpty)
        {
            int end = text.IndexOfAny('=', ' ');
            if (end < 0)
            {
                break;
            }

            bool hasValue = text[end] == '=';
            ReadOnlySpan<char> key = text[..end];
            text = text[(end + 1)..];
            if (!hasValue)
            {
                continue;
            }

            ReadOnlySpan<char> value = TakeValue(ref text);
            if (IsKey(key))
            {
                finding = finding.And(LogLevelNames.TryParse(value, out LogLevel level) ? level : null);
            }
        }

        return finding;
    }

    private static ReadOnlySpan<char> TakeValue(ref ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] != '"')
        {
            int end = text.IndexOf(' ') is var blank and >= 0 ? blank : text.Length;
            ReadOnlySpan<char> value = text[..end];
            text = text[end..].TrimStart(' ');
            return value;
        }

        int close = 1;
        while (close < text.Length && text[close] != '"')
        {
            close += text[close] == '\\' ? 2 : 1;
        }

        close = Math.Min(close, text.Length);
        ReadOnlySpan<char> quoted = text[1..close];
        text = text[Math.Min(close + 1, text.Length)..].TrimStart(' ');
        return quoted;
    }
}
