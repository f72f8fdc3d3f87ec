using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Flatnet.Cli.Configuration;

/// <summary>
/// Reads the part of TOML 1.0 that a configuration file of ours needs: tables, dotted and quoted keys, one-line strings, numbers,
/// booleans, arrays of strings and inline tables. Dates, arrays of tables and strings over several lines are refused by name.
/// No TOML library that can be compiled natively is in the package index.
/// </summary>
internal sealed class TomlReader
{
    private readonly string _text;
    private readonly List<TomlEntry> _entries = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private int _position;

    private TomlReader(string text) => _text = text.Replace("\r\n", "\n", StringComparison.Ordinal);

    /// <summary>All values in the order written.</summary>
    /// <exception cref="TomlException">It is not TOML; the exception says where.</exception>
    public static List<TomlEntry> Read(string text)
    {
        var reader = new TomlReader(text);
        reader.ReadDocument();
        return reader._entries;
    }

    private void ReadDocument()
    {
        string table = "";
        while (SkipBlank(lines: true))
        {
            if (Peek() == '[')
            {
                table = ReadTableHead();
            }
            else
            {
                ReadPair(table);
            }

            EndOfLine();
        }
    }

    private string ReadTableHead()
    {
        int start = _position++;
        if (Peek() == '[')
        {
            throw Wrong(start, "arrays of tables ([[...]]) have no use here");
        }

        string path = ReadKey();
        Expect(']');
        return _seen.Add("[" + path) ? path : throw Wrong(start, $"the table [{path}] is there twice");
    }

    private void ReadPair(string table)
    {
        int start = _position;
        string key = ReadKey();
        string path = table.Length == 0 ? key : table + "." + key;
        if (!_seen.Add(path))
        {
            throw Wrong(start, $"the key {path} is there twice");
        }

        Expect('=');
        SkipBlank(lines: false);
        if (Peek() == '{')
        {
            ReadInlineTable(path);
            return;
        }

        int at = _position;
        object value = ReadValue();
        (int line, int column) = Place(at);
        _entries.Add(new TomlEntry(path, value, line, column));
    }

    private void ReadInlineTable(string path)
    {
        _position++;
        SkipBlank(lines: false);
        while (Peek() != '}')
        {
            ReadPair(path);
            SkipBlank(lines: false);
            if (Peek() == ',')
            {
                _position++;
                SkipBlank(lines: false);
            }
            else if (Peek() != '}')
            {
                throw Wrong(_position, "expected , or } in the inline table");
            }
        }

        _position++;
    }

    private string ReadKey()
    {
        var path = new StringBuilder();
        while (true)
        {
            SkipBlank(lines: false);
            int start = _position;
            if (Peek() is '"' or '\'')
            {
                path.Append(ReadString());
            }
            else
            {
                while (char.IsAsciiLetterOrDigit(Peek()) || Peek() is '_' or '-')
                {
                    _position++;
                }

                path.Append(_position > start ? _text[start.._position] : throw Wrong(start, "expected a key"));
            }

            SkipBlank(lines: false);
            if (Peek() != '.')
            {
                return path.ToString();
            }

            _position++;
            path.Append('.');
        }
    }

    private object ReadValue() => Peek() switch
    {
        '"' or '\'' => ReadString(),
        '[' => ReadArray(),
        _ => ReadWord(),
    };

    private ImmutableArray<string> ReadArray()
    {
        ImmutableArray<string>.Builder items = ImmutableArray.CreateBuilder<string>();
        _position++;
        while (true)
        {
            SkipBlank(lines: true);
            if (Peek() == ']')
            {
                _position++;
                return items.DrainToImmutable();
            }

            items.Add(Peek() is '"' or '\'' ? ReadString() : throw Wrong(_position, "expected a string or ] in the array"));
            SkipBlank(lines: true);
            if (Peek() == ',')
            {
                _position++;
            }
            else if (Peek() != ']')
            {
                throw Wrong(_position, "expected , or ] in the array");
            }
        }
    }

    private object ReadWord()
    {
        int start = _position;
        while (Peek() is not ('\0' or '\n' or ',' or ']' or '}' or '#' or ' ' or '\t'))
        {
            _position++;
        }

        string word = _text[start.._position];
        string digits = word.Replace("_", "", StringComparison.Ordinal);
        return word switch
        {
            "true" => true,
            "false" => false,
            "" => throw Wrong(start, "expected a value"),
            _ when long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) => whole,
            _ when double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) && double.IsFinite(real) => real,
            _ => throw Wrong(start, $"{word} is neither a string in quotes, a number, true nor false"),
        };
    }

    private string ReadString()
    {
        int start = _position;
        char quote = _text[_position++];
        if (Peek() == quote && _position + 1 < _text.Length && _text[_position + 1] == quote)
        {
            throw Wrong(start, "strings over several lines are not supported");
        }

        var value = new StringBuilder();
        while (Peek() != quote)
        {
            char c = Peek();
            if (c is '\0' or '\n')
            {
                throw Wrong(start, "the string does not end on its line");
            }

            _position++;
            value.Append(c == '\\' && quote == '"' ? ReadEscape() : c.ToString());
        }

        _position++;
        return value.ToString();
    }

    private string ReadEscape()
    {
        int start = _position - 1;
        char kind = Peek();
        _position++;
        return kind switch
        {
            'b' => "\b",
            't' => "\t",
            'n' => "\n",
            'f' => "\f",
            'r' => "\r",
            '"' => "\"",
            '\\' => "\\",
            'u' => ReadCode(start, 4),
            'U' => ReadCode(start, 8),
            _ => throw Wrong(start, "unknown escape in the string"),
        };
    }

    private string ReadCode(int start, int digits)
    {
        if (_position + digits <= _text.Length
            && uint.TryParse(_text.AsSpan(_position, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint code)
            && Rune.IsValid(code))
        {
            _position += digits;
            return new Rune(code).ToString();
        }

        throw Wrong(start, "the escape names no character");
    }

    private char Peek() => _position < _text.Length ? _text[_position] : '\0';

    private void Expect(char wanted)
    {
        SkipBlank(lines: false);
        if (Peek() != wanted)
        {
            throw Wrong(_position, $"expected {wanted}");
        }

        _position++;
    }

    private void EndOfLine()
    {
        SkipBlank(lines: false);
        if (Peek() is not ('\n' or '\0' or '#'))
        {
            throw Wrong(_position, "expected the end of the line");
        }
    }

    // Spaces and, if wanted, comments and line ends. False at the end of the text.
    private bool SkipBlank(bool lines)
    {
        while (_position < _text.Length)
        {
            char c = _text[_position];
            if (c is ' ' or '\t' || (lines && c == '\n'))
            {
                _position++;
            }
            else if (lines && c == '#')
            {
                int end = _text.IndexOf('\n', _position);
                _position = end < 0 ? _text.Length : end;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private TomlException Wrong(int position, string problem)
    {
        (int line, int column) = Place(position);
        return new TomlException(line, column, problem);
    }

    private (int Line, int Column) Place(int position)
    {
        ReadOnlySpan<char> before = _text.AsSpan(0, Math.Min(position, _text.Length));
        return (before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }
}
