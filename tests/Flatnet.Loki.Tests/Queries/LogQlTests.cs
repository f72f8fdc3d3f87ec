using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Loki.Tests.Queries;

public sealed class LogQlTests
{
    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("a\"b\\c", "\"a\\\"b\\\\c\"")]
    [InlineData("\n\t\r", "\"\\n\\t\\r\"")]
    [InlineData("\u001b\0\u007f", "\"\\u001B\\u0000\\u007F\"")]
    [InlineData("日本語 😀 `", "\"日本語 😀 `\"")]
    public void Quote_escapes_what_Go_escapes(string text, string quoted) => Assert.Equal(quoted, LogQl.Quote(text));

    [Fact]
    public void Quote_refuses_half_a_character() =>
        Assert.All(["a\ud800", "\udc00a", "\ud800\ud800\udc00"], static text => Assert.Throws<ArgumentException>(() => LogQl.Quote(text)));

    [Fact]
    public void Quoted_text_is_read_back_by_Go() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1000),
        Prop.ForAll<string>(text => Reads(text ?? "")));

    [Fact]
    public void A_selector_quotes_its_values() => Assert.Equal(
        """{container="we\"b", job="podman"}""",
        LogQl.Selector([new("container", "we\"b"), new("job", "podman")]));

    [Theory]
    [InlineData("")]
    [InlineData("1a")]
    [InlineData("a-b")]
    [InlineData("a=\"\",b")]
    [InlineData("ä")]
    public void A_selector_refuses_what_cannot_be_a_label(string name) =>
        Assert.Throws<ArgumentException>(() => LogQl.Selector([new(name, "x")]));

    [Fact]
    public void A_selector_without_any_value_is_refused_as_Loki_does()
    {
        Assert.Throws<ArgumentException>(() => LogQl.Selector([]));
        Assert.Throws<ArgumentException>(() => LogQl.Selector([new("job", "")]));
    }

    [Fact]
    public void Line_filters_have_Lokis_operators()
    {
        Assert.Equal(""" |= "a\"} |= \"b" """.TrimEnd(), LogQl.LineContains("a\"} |= \"b"));
        Assert.Equal(""" != "a.b" """.TrimEnd(), LogQl.LineLacks("a.b"));
        Assert.Equal(""" |~ "(?i)a\\.b" """.TrimEnd(), LogQl.LineContains("a.b", ignoreCase: true));
        Assert.Equal(""" !~ "(?i)a\\.b" """.TrimEnd(), LogQl.LineLacks("a.b", ignoreCase: true));
        Assert.Equal(""" |~ "a.b" """.TrimEnd(), LogQl.LineMatches("a.b"));
        Assert.Equal(""" !~ "(?i)a.b" """.TrimEnd(), LogQl.LineDoesNotMatch("a.b", ignoreCase: true));
        Assert.Throws<ArgumentException>(() => LogQl.LineMatches("(?=a)"));
    }

    [Fact]
    public void A_quoted_expression_matches_exactly_its_text() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll<NonNull<string>>(text => Regex.IsMatch(text.Get, $@"\A(?:{LogQl.QuoteRegex(text.Get)})\z")));

    private static bool Reads(string text)
    {
        try
        {
            return GoString.Unquote(LogQl.Quote(text)) == text;
        }
        catch (ArgumentException)
        {
            // Only for halves of characters.
            return text.Any(char.IsSurrogate);
        }
    }
}
