using System.Text;

namespace Flatnet.Cli.Logs;

/// <summary>Finds text that every match of an expression contains, so that most lines need no expression to be ruled out.</summary>
internal static class RegexLiteral
{
    /// <summary>The longest such text, or nothing if that is not obvious.</summary>
    /// <param name="pattern">A valid expression that does not ignore case.</param>
    public static string Longest(string pattern)
    {
        string longest = "";
        var run = new StringBuilder();
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            switch (c)
            {
                case '|':
                    return "";
                case '(' when IsOption(pattern, i):
                    return "";
                case '(':
                    End();
                    i = EndOfGroup(pattern, i);
                    break;
                case '[':
                    End();
                    i = EndOfClass(pattern, i);
                    break;
                case '*' or '?' or '{':
                    // What is before it may be missing altogether; half a surrogate pair means nothing.
                    run.Length = Math.Max(0, run.Length - 1);
                    End();
                    i = c == '{' ? pattern.IndexOf('}', i) is var close and >= 0 ? close : pattern.Length : i;
                    break;
                case '.' or '^' or '$' or '+':
                    End();
                    break;
                case '\\' when i + 1 < pattern.Length && !char.IsLetterOrDigit(pattern[i + 1]):
                    run.Append(pattern[++i]);
                    break;
                case '\\' when i + 1 < pattern.Length && pattern[i + 1] is 'd' or 'D' or 'w' or 'W' or 's' or 'S' or 'b' or 'B' or 'A' or 'z':
                    End();
                    i++;
                    break;
                case '\\':
                    return "";
                default:
                    run.Append(c);
                    break;
            }
        }

        End();
        return longest;

        void End()
        {
            if (run.Length > longest.Length && run.ToString() is var text && !text.Any(char.IsSurrogate))
            {
                longest = text;
            }

            run.Clear();
        }
    }

    // (?i) and its kind change what follows; (?: only groups.
    private static bool IsOption(string pattern, int open) =>
        open + 1 < pattern.Length && pattern[open + 1] == '?' && !(open + 2 < pattern.Length && pattern[open + 2] == ':');

    private static int EndOfGroup(string pattern, int open)
    {
        int depth = 0;
        for (int i = open; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    i++;
                    break;
                case '[':
                    i = EndOfClass(pattern, i);
                    break;
                case '(':
                    depth++;
                    break;
                case ')' when --depth == 0:
                    return i;
                default:
                    break;
            }
        }

        return pattern.Length;
    }

    private static int EndOfClass(string pattern, int open)
    {
        // A bracket that comes first, or first after ^, is a member.
        int i = open + 1;
        i += i < pattern.Length && pattern[i] == '^' ? 1 : 0;
        for (i += i < pattern.Length && pattern[i] == ']' ? 1 : 0; i < pattern.Length && pattern[i] != ']'; i++)
        {
            i += pattern[i] == '\\' ? 1 : 0;
            // Subtraction, [a-z-[aeiou]], nests.
            i = i < pattern.Length && pattern[i] == '[' && pattern[i - 1] == '-' ? EndOfClass(pattern, i) : i;
        }

        return i;
    }
}
