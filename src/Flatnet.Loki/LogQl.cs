using System.Globalization;
using System.Text;

namespace Flatnet.Loki;

/// <summary>Builds log queries; user text never reaches Loki unquoted.</summary>
public static class LogQl
{
    /// <summary>Text as a double-quoted Go string.</summary>
    /// <exception cref="ArgumentException">It holds half a surrogate pair.</exception>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            switch (character)
            {
                case '\\' or '"':
                    quoted.Append('\\').Append(character);
                    break;
                case '\n':
                    quoted.Append("\\n");
                    break;
                case '\t':
                    quoted.Append("\\t");
                    break;
                case '\r':
                    quoted.Append("\\r");
                    break;
                case < ' ' or '\u007f':
                    quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
                    break;
                default:
                    if (char.IsSurrogate(character) && !char.IsSurrogatePair(text, index))
                    {
                        throw new ArgumentException($"The text holds half a character (U+{(int)character:X4}), which cannot be searched for.");
                    }

                    quoted.Append(character);
                    if (char.IsHighSurrogate(character))
                    {
                        quoted.Append(text[++index]);
                    }

                    break;
            }
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>A selector of the streams with all these labels, such as <c>{container="web", job="podman"}</c>.</summary>
    /// <exception cref="ArgumentException">A name cannot be a label, or no label has a value, which Loki refuses.</exception>
    public static string Selector(IEnumerable<KeyValuePair<string, string>> labels)
    {
        var matchers = new List<string>();
        var hasValue = false;
        foreach (var (name, value) in labels)
        {
            if (!IsLabelName(name))
            {
                throw new ArgumentException($"'{name}' cannot be a label of Loki: letters, digits and _ are allowed, not beginning with a digit.");
            }

            hasValue |= value.Length > 0;
            matchers.Add($"{name}={Quote(value)}");
        }

        return hasValue
            ? $"{{{string.Join(", ", matchers)}}}"
            : throw new ArgumentException("A selector needs at least one label with a value.");
    }

    /// <summary>A filter behind a selector: lines that contain this text.</summary>
    /// <exception cref="ArgumentException">See <see cref="Quote"/>.</exception>
    public static string LineContains(string text, bool ignoreCase = false) =>
        ignoreCase ? $" |~ {Quote("(?i)" + QuoteRegex(text))}" : $" |= {Quote(text)}";

    /// <summary>A filter behind a selector: lines that do not contain this text.</summary>
    /// <exception cref="ArgumentException">See <see cref="Quote"/>.</exception>
    public static string LineLacks(string text, bool ignoreCase = false) =>
        ignoreCase ? $" !~ {Quote("(?i)" + QuoteRegex(text))}" : $" != {Quote(text)}";

    /// <summary>A filter behind a selector: lines in which this expression matches somewhere.</summary>
    /// <exception cref="ArgumentException">It is not <see cref="IsRe2Compatible">compatible</see>.</exception>
    public static string LineMatches(string pattern, bool ignoreCase = false) => $" |~ {Quote(ToRe2(pattern, ignoreCase))}";

    /// <summary>A filter behind a selector: lines in which this expression matches nowhere.</summary>
    /// <exception cref="ArgumentException">It is not <see cref="IsRe2Compatible">compatible</see>.</exception>
    public static string LineDoesNotMatch(string pattern, bool ignoreCase = false) => $" !~ {Quote(ToRe2(pattern, ignoreCase))}";

    /// <summary>
    /// Whether Loki's expressions (RE2) can say the same as this .NET expression. In doubt the answer is no, and the caller
    /// filters the lines itself.
    /// </summary>
    public static bool IsRe2Compatible(string pattern) => Re2Translation.TryTranslate(pattern, out _);

    /// <summary>Text as an expression (RE2) that matches exactly it.</summary>
    public static string QuoteRegex(string text)
    {
        var quoted = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (@"\.+*?()|[]{}^$".Contains(character))
            {
                quoted.Append('\\');
            }

            quoted.Append(character);
        }

        return quoted.ToString();
    }

    /// <summary>Whether Loki accepts this as the name of a label in a selector.</summary>
    public static bool IsLabelName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(static character => char.IsAsciiLetterOrDigit(character) || character == '_');

    private static string ToRe2(string pattern, bool ignoreCase) =>
        Re2Translation.TryTranslate(pattern, out var translated)
            ? (ignoreCase ? "(?i)" : "") + translated
            : throw new ArgumentException($"Loki has no equivalent for the expression '{pattern}'.");
}
