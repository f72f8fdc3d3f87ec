using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Flatnet.Loki.TestServer;

/// <summary>The part of LogQL that is needed: <c>{a="b", c=~"d|e"} |= "text" !~ "expression"</c>.</summary>
public sealed class LogQuery
{
    private readonly List<(string Name, string Operator, string Value)> _matchers = [];
    private readonly List<(string Operator, string Value)> _filters = [];

    private LogQuery()
    {
    }

    /// <summary>Reads a query.</summary>
    /// <exception cref="FormatException">It is none; the message is what Loki would say.</exception>
    public static LogQuery Parse(string text)
    {
        var query = new LogQuery();
        var reader = new Cursor(text);
        reader.Expect('{');
        while (!reader.TryTake('}'))
        {
            var name = reader.Name();
            query._matchers.Add((name, reader.Operator("=~", "!~", "!=", "="), reader.Text()));
            if (!reader.TryTake(',') && !reader.Sees('}'))
            {
                throw reader.Unexpected("} or ,");
            }
        }

        while (!reader.IsAtEnd)
        {
            query._filters.Add((reader.Operator("|=", "|~", "!=", "!~"), reader.Text()));
        }

        return query._matchers.Any(static matcher => matcher.Operator is "=" or "=~" && matcher.Value is not ("" or ".*"))
            ? query
            : throw new FormatException(
                "parse error : queries require at least one regexp or equality matcher that does not have an empty-compatible value. "
                + "For instance, app=~\".*\" does not meet this requirement, but app=~\".+\" will");
    }

    /// <summary>Whether a line belongs to the answer.</summary>
    public bool Matches(StoredLine line) =>
        _matchers.TrueForAll(matcher => MatchesLabel(matcher, line.Labels.GetValueOrDefault(matcher.Name, "")))
        && _filters.TrueForAll(filter => filter.Operator switch
        {
            "|=" => line.Line.Contains(filter.Value, StringComparison.Ordinal),
            "!=" => !line.Line.Contains(filter.Value, StringComparison.Ordinal),
            "|~" => Regex.IsMatch(line.Line, filter.Value),
            _ => !Regex.IsMatch(line.Line, filter.Value),
        });

    private static bool MatchesLabel((string Name, string Operator, string Value) matcher, string value) => matcher.Operator switch
    {
        "=" => value == matcher.Value,
        "!=" => value != matcher.Value,
        "=~" => Regex.IsMatch(value, $"^(?:{matcher.Value})$"),
        _ => !Regex.IsMatch(value, $"^(?:{matcher.Value})$"),
    };

    private sealed class Cursor(string text)
    {
        private int _position;

        public bool IsAtEnd
        {
            get
            {
                SkipSpace();
                return _position == text.Length;
            }
        }

        public void Expect(char character)
        {
            if (!TryTake(character))
            {
                throw Unexpected(character.ToString());
            }
        }

        public bool Sees(char character) => !IsAtEnd && text[_position] == character;

        public bool TryTake(char character)
        {
            if (!Sees(character))
            {
                return false;
            }

            _position++;
            return true;
        }

        public string Name()
        {
            SkipSpace();
            var start = _position;
            while (_position < text.Length && (char.IsAsciiLetterOrDigit(text[_position]) || text[_position] == '_'))
            {
                _position++;
            }

            return _position > start ? text[start.._position] : throw Unexpected("IDENTIFIER");
        }

        public string Operator(params string[] operators)
        {
            SkipSpace();
            foreach (var candidate in operators)
            {
                if (string.CompareOrdinal(text, _position, candidate, 0, candidate.Length) == 0)
                {
                    _position += candidate.Length;
                    return candidate;
                }
            }

            throw Unexpected(string.Join(" or ", operators));
        }

        /// <summary>A double-quoted Go string.</summary>
        public string Text()
        {
            Expect('"');
            var value = new StringBuilder();
            while (_position < text.Length && text[_position] is not ('"' or '\n'))
            {
                if (text[_position] != '\\')
                {
                    value.Append(text[_position++]);
                    continue;
                }

                _position++;
                var escape = _position < text.Length ? text[_position++] : '\0';
                value.Append(escape switch
                {
                    '\\' or '"' => escape,
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    'u' => (char)int.Parse(text.AsSpan(_position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                    _ => throw new FormatException($"parse error at line 1, col {_position}: invalid char escape"),
                });
                _position += escape == 'u' ? 4 : 0;
            }

            Expect('"');
            return value.ToString();
        }

        public FormatException Unexpected(string expected) => new(
            $"parse error at line 1, col {_position + 1}: syntax error: unexpected {(IsAtEnd ? "$end" : text[_position])}, expecting {expected}");

        private void SkipSpace()
        {
            while (_position < text.Length && char.IsWhiteSpace(text[_position]))
            {
                _position++;
            }
        }
    }
}
