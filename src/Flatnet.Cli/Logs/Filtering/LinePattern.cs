using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Flatnet.Loki;

namespace Flatnet.Cli.Logs;

/// <summary>Text or a regular expression that a line may contain. Means the same whatever the line's source.</summary>
internal sealed class LinePattern
{
    private static readonly SearchValues<char> Metacharacters = SearchValues.Create(@"\.+*?()|[]{}^$");

    private readonly string _text;
    private readonly bool _ignoresCase;
    private readonly Regex? _regex;
    private readonly SearchValues<string>? _anyCase;
    private readonly byte[] _required;

    private LinePattern(string text, bool ignoresCase, Regex? regex)
    {
        _text = text;
        _ignoresCase = ignoresCase;
        _regex = regex;
        _anyCase = ignoresCase && regex is null ? SearchValues.Create([text], StringComparison.OrdinalIgnoreCase) : null;
        _required = ignoresCase ? [] : Encoding.UTF8.GetBytes(regex is null ? text : RegexLiteral.Longest(text));
    }

    /// <summary>Bytes that every matching line contains; empty when nothing is known.</summary>
    public ReadOnlySpan<byte> Required => _required;

    /// <summary>Reads what a user wrote.</summary>
    /// <param name="text">The expression, or the text itself.</param>
    /// <param name="isFixed">It is text, whatever characters it has.</param>
    /// <param name="ignoresCase">Capitals and small letters are the same.</param>
    /// <exception cref="FormatException">It is no expression, or needs what cannot be searched in linear time.</exception>
    public static LinePattern Create(string text, bool isFixed, bool ignoresCase)
    {
        if (isFixed || text.AsSpan().IndexOfAny(Metacharacters) < 0)
        {
            return new LinePattern(text, ignoresCase, null);
        }

        const RegexOptions linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        try
        {
            return new LinePattern(text, ignoresCase, new Regex(text, ignoresCase ? linear | RegexOptions.IgnoreCase : linear));
        }
        catch (NotSupportedException exception)
        {
            throw new FormatException($"the expression '{text}' looks around or back, which is not supported", exception);
        }
        catch (ArgumentException exception)
        {
            throw new FormatException($"'{text}' is not a regular expression: {exception.Message}", exception);
        }
    }

    public bool IsMatch(ReadOnlySpan<byte> line)
    {
        if (line.IndexOf(_required) < 0)
        {
            return false;
        }

        if (_regex is null && _anyCase is null)
        {
            return true;
        }

        char[] characters = ArrayPool<char>.Shared.Rent(line.Length);
        try
        {
            ReadOnlySpan<char> decoded = characters.AsSpan(0, Encoding.UTF8.GetChars(line, characters));
            return _regex?.IsMatch(decoded) ?? decoded.ContainsAny(_anyCase!);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(characters);
        }
    }

    /// <summary>Where it occurs in a text, empty occurrences left out.</summary>
    public IEnumerable<(int Start, int Length)> Find(string text)
    {
        if (_regex is not null)
        {
            return _regex.Matches(text).Where(match => match.Length > 0).Select(match => (match.Index, match.Length));
        }

        return FindText(text);
    }

    /// <summary>The filter of a log query that says the same; null when Loki cannot say it.</summary>
    public string? ToLogQl(bool excludes)
    {
        if (_regex is null)
        {
            return excludes ? LogQl.LineLacks(_text, _ignoresCase) : LogQl.LineContains(_text, _ignoresCase);
        }

        return !LogQl.IsRe2Compatible(_text) ? null
            : excludes ? LogQl.LineDoesNotMatch(_text, _ignoresCase) : LogQl.LineMatches(_text, _ignoresCase);
    }

    private IEnumerable<(int Start, int Length)> FindText(string text)
    {
        StringComparison comparison = _ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        for (int start = 0; _text.Length > 0 && (start = text.IndexOf(_text, start, comparison)) >= 0; start += _text.Length)
        {
            yield return (start, _text.Length);
        }
    }
}
