using System.Globalization;
using System.Text;

namespace Flatnet.Loki.Tests.Queries;

/// <summary>Reads a double-quoted string literal by the rules of the Go specification.</summary>
internal static class GoString
{
    public static string Unquote(string literal)
    {
        Assert.True(literal.Length >= 2 && literal[0] == '"' && literal[^1] == '"', "not quoted");
        var text = new StringBuilder();
        for (var index = 1; index < literal.Length - 1; index++)
        {
            var character = literal[index];
            Assert.False(character is '"' or '\n', "a bare quote or line end");
            if (character != '\\')
            {
                text.Append(character);
                continue;
            }

            var escape = literal[++index];
            Assert.True(index < literal.Length - 1, "the closing quote is escaped");
            var digits = escape switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
            if (digits > 0)
            {
                text.Append(char.ConvertFromUtf32(int.Parse(literal.AsSpan(index + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)));
                index += digits;
                continue;
            }

            text.Append(escape switch
            {
                'a' => '\a',
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'v' => '\v',
                '\\' or '"' => escape,
                _ => throw new FormatException($"\\{escape} is no escape of Go"),
            });
        }

        return text.ToString();
    }
}
