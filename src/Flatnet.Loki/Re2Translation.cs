using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Flatnet.Loki;

/// <summary>
/// Says a .NET expression in RE2. Only constructs that are known to mean the same are accepted: no look-around, no back
/// references, no atomic, named or conditional groups, no word boundaries (RE2 knows only ASCII words), no class subtraction.
/// </summary>
internal ref struct Re2Translation
{
    /// <summary>RE2 refuses expressions that repeat something more often.</summary>
    private const int MostRepetitions = 1000;

    private const int DeepestNesting = 100;

    /// <summary>The classes of .NET cover all of Unicode, those of RE2 only ASCII.</summary>
    private const string Digit = @"\p{Nd}";
    private const string Word = @"\p{L}\p{Mn}\p{Nd}\p{Pc}";
    private const string Space = @"\t\n\x0B\f\r\x{85}\p{Z}";

    private static readonly FrozenSet<string> Categories = FrozenSet.Create(
        StringComparer.Ordinal,
        [
            "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf",
            "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp",
        ]);

    private readonly StringBuilder _output = new();
    private ReadOnlySpan<char> _rest;
    private int _depth;
    private long _repetitions = 1;

    private Re2Translation(string pattern) => _rest = pattern;

    public static bool TryTranslate(string pattern, [NotNullWhen(true)] out string? translated)
    {
        translated = null;
        var translation = new Re2Translation(pattern);
        if (!translation.Run())
        {
            return false;
        }

        translated = translation._output.ToString();
        return true;
    }

    private bool Run()
    {
        // Whether a quantifier may follow.
        var isAtom = false;
        while (!_rest.IsEmpty)
        {
            var character = _rest[0];
            switch (character)
            {
                case '*' or '+' or '?' when !isAtom:
                    return false;
                case '*' or '+' or '?':
                    Copy(1);
                    CopyLazy();
                    isAtom = false;
                    break;
                case '{' when StartsCount():
                    if (!isAtom || !CopyCount())
                    {
                        return false;
                    }

                    CopyLazy();
                    isAtom = false;
                    break;
                case '(':
                    if (!OpenGroup(out isAtom))
                    {
                        return false;
                    }

                    break;
                case ')':
                    if (--_depth < 0)
                    {
                        return false;
                    }

                    Copy(1);
                    isAtom = true;
                    break;
                case '|' or '^' or '$':
                    Copy(1);
                    isAtom = false;
                    break;
                case '[':
                    if (!CopyClass())
                    {
                        return false;
                    }

                    isAtom = true;
                    break;
                case '\\':
                    if (!Escape(isInClass: false, out isAtom))
                    {
                        return false;
                    }

                    break;
                default:
                    if (char.IsSurrogate(character))
                    {
                        // .NET counts its halves.
                        return false;
                    }

                    Copy(1);
                    isAtom = true;
                    break;
            }
        }

        return _depth == 0;
    }

    /// <summary><c>(</c>, <c>(?:</c> and flags: <c>(?i)</c>, <c>(?s-m:</c>.</summary>
    private bool OpenGroup(out bool isAtom)
    {
        isAtom = false;
        if (++_depth > DeepestNesting)
        {
            return false;
        }

        if (_rest.Length < 2 || _rest[1] != '?')
        {
            Copy(1);
            return true;
        }

        var flags = 2;
        while (flags < _rest.Length && _rest[flags] is 'i' or 's' or 'm')
        {
            flags++;
        }

        if (flags < _rest.Length - 1 && _rest[flags] == '-' && _rest[flags + 1] is 'i' or 's' or 'm')
        {
            flags++;
            while (flags < _rest.Length && _rest[flags] is 'i' or 's' or 'm')
            {
                flags++;
            }
        }

        if (flags >= _rest.Length || !(_rest[flags] == ':' || (_rest[flags] == ')' && flags > 2)))
        {
            return false;
        }

        _depth -= _rest[flags] == ')' ? 1 : 0;
        Copy(flags + 1);
        return true;
    }

    private bool StartsCount() => _rest.Length > 1 && char.IsAsciiDigit(_rest[1]) && _rest.IndexOf('}') > 0
        && _rest[1.._rest.IndexOf('}')].TrimStart("0123456789,").IsEmpty;

    private bool CopyCount()
    {
        var end = _rest.IndexOf('}');
        var inside = _rest[1..end];
        var comma = inside.IndexOf(',');
        var upper = comma < 0 || comma == inside.Length - 1 ? inside.TrimEnd(',') : inside[(comma + 1)..];
        if (!int.TryParse(upper, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || inside.Count(',') > 1
            || (_repetitions *= Math.Max(count, 1)) > MostRepetitions
            || (comma > 0 && comma < inside.Length - 1
                && (!int.TryParse(inside[..comma], NumberStyles.None, CultureInfo.InvariantCulture, out var lower) || lower > count)))
        {
            return false;
        }

        Copy(end + 1);
        return true;
    }

    private void CopyLazy()
    {
        if (!_rest.IsEmpty && _rest[0] == '?')
        {
            Copy(1);
        }
    }

    private bool CopyClass()
    {
        Copy(1);
        if (!_rest.IsEmpty && _rest[0] == '^')
        {
            Copy(1);
        }

        for (var isFirst = true; !_rest.IsEmpty; isFirst = false)
        {
            var character = _rest[0];
            if (character == ']' && !isFirst)
            {
                Copy(1);
                return true;
            }

            // A bracket inside means a named class to the one and a subtraction, or itself, to the other.
            if (character is '[' or ']' || char.IsSurrogate(character))
            {
                return false;
            }

            if (character == '\\')
            {
                if (!Escape(isInClass: true, out _))
                {
                    return false;
                }
            }
            else
            {
                // Only between two plain characters, or at an end, does a hyphen mean the same to both.
                if (character == '-' && !IsPlainHyphen(isFirst))
                {
                    return false;
                }

                Copy(1);
            }
        }

        return false;
    }

    private readonly bool IsPlainHyphen(bool isFirst)
    {
        if (isFirst || (_rest.Length > 1 && _rest[1] == ']'))
        {
            return true;
        }

        return _rest.Length > 1
            && char.IsAsciiLetterOrDigit(_output[^1]) && char.IsAsciiLetterOrDigit(_rest[1])
            && _output[^1] <= _rest[1] && _output[^2] is not ('\\' or '-');
    }

    private bool Escape(bool isInClass, out bool isAtom)
    {
        isAtom = true;
        if (_rest.Length < 2)
        {
            return false;
        }

        switch (_rest[1])
        {
            case 'd' or 'w' or 's':
                var set = _rest[1] switch { 'd' => Digit, 'w' => Word, _ => Space };
                return Replace(2, isInClass ? set : $"[{set}]");
            case 'D' or 'W' or 'S' when !isInClass:
                return Replace(2, $"[^{_rest[1] switch { 'D' => Digit, 'W' => Word, _ => Space }}]");
            case 'A' or 'z' when !isInClass:
                isAtom = false;
                return Replace(2, _rest[..2].ToString());
            case 'p' or 'P' when _rest.Length > 3 && _rest[2] == '{' && _rest.IndexOf('}') is > 3 and var end
                && Categories.Contains(_rest[3..end].ToString()):
                return Replace(end + 1, _rest[..(end + 1)].ToString());
            case 't' or 'n' or 'r' or 'f' or 'v' or 'a':
                return Replace(2, _rest[..2].ToString());
            case 'x' when _rest.Length > 3 && char.IsAsciiHexDigit(_rest[2]) && char.IsAsciiHexDigit(_rest[3]):
                return Replace(4, _rest[..4].ToString());
            case var escaped:
                return (char.IsAsciiLetterOrDigit(escaped) || escaped is '_' or > '~' or < ' ') is false && Replace(2, _rest[..2].ToString());
        }
    }

    private bool Replace(int length, string text)
    {
        _output.Append(text);
        _rest = _rest[length..];
        return true;
    }

    private void Copy(int length)
    {
        _output.Append(_rest[..length]);
        _rest = _rest[length..];
    }
}
