using System.Text.RegularExpressions;

namespace Flatnet.Loki.Tests.Queries;

public sealed class Re2Tests
{
    [Theory]
    [InlineData("error|warn(ing)?")]
    [InlineData("^a.*b$")]
    [InlineData("a+?b*?c??d{2,5}?e{3}f{2,}")]
    [InlineData("(?:a|b)+(?i)c(?s-m:d.)")]
    [InlineData(@"[a-z0-9_.:-]+\.example\.com")]
    [InlineData(@"[^\]\\]\[")]
    [InlineData(@"\p{Lu}\P{L}[\p{Nd}]")]
    [InlineData(@"\x41\t\n\z")]
    [InlineData("{\"level\":\"info\"}")]
    [InlineData("日本[語本]")]
    [InlineData("")]
    public void Expressions_that_mean_the_same_to_Loki_stay_as_they_are(string pattern)
    {
        Assert.True(LogQl.IsRe2Compatible(pattern));
        Assert.Equal(" |~ " + LogQl.Quote(pattern), LogQl.LineMatches(pattern));
    }

    [Theory]
    [InlineData("(?=a)")]
    [InlineData("(?!a)")]
    [InlineData("(?<=a)b")]
    [InlineData("(?<!a)b")]
    [InlineData("(?>a)")]
    [InlineData("(?<name>a)")]
    [InlineData("(?'name'a)")]
    [InlineData("(?P<name>a)")]
    [InlineData("(?(a)b|c)")]
    [InlineData("(?#note)")]
    [InlineData("(?x)a b")]
    [InlineData("(?n)(a)")]
    [InlineData(@"(a)\1")]
    [InlineData(@"(a)\k<1>")]
    [InlineData(@"\bword\b")]
    [InlineData(@"\G")]
    [InlineData(@"a\Z")]
    [InlineData(@"\u0041")]
    [InlineData(@"\e")]
    [InlineData(@"\cA")]
    [InlineData(@"\012")]
    [InlineData(@"\_")]
    [InlineData(@"\é")]
    [InlineData(@"\Qa\E")]
    [InlineData(@"\p{IsGreek}")]
    [InlineData(@"\p{Greek}")]
    [InlineData("[a-z-[aeiou]]")]
    [InlineData("[[:alpha:]]")]
    [InlineData("[]a]")]
    [InlineData("[z-a]")]
    [InlineData(@"[\w-z]")]
    [InlineData("a**")]
    [InlineData("a*+")]
    [InlineData("*a")]
    [InlineData("a{1001}")]
    [InlineData("(a{100}){100}")]
    [InlineData("a{5,2}")]
    [InlineData("(a")]
    [InlineData("a)")]
    [InlineData("[a")]
    [InlineData("a\\")]
    [InlineData(".{3}😀")]
    public void In_doubt_an_expression_is_not_given_to_Loki(string pattern) => Assert.False(LogQl.IsRe2Compatible(pattern));

    [Theory]
    [InlineData(@"\d", @"[\p{Nd}]")]
    [InlineData(@"\D+", @"[^\p{Nd}]+")]
    [InlineData(@"[^\s\d]", @"[^\t\n\x0B\f\r\x{85}\p{Z}\p{Nd}]")]
    public void The_classes_of_Unicode_are_written_out(string pattern, string translated) =>
        Assert.Equal(" |~ " + LogQl.Quote(translated), LogQl.LineMatches(pattern));

    [Theory]
    [InlineData(@"\d")]
    [InlineData(@"\w")]
    [InlineData(@"\s")]
    public void The_written_out_classes_hold_the_same_characters(string pattern)
    {
        var ours = GoString.Unquote(LogQl.LineMatches(pattern)[4..]).Replace(@"\x{85}", @"\x85", StringComparison.Ordinal);
        for (var character = '\0'; character < '\ud800'; character++)
        {
            var text = character.ToString();
            Assert.True(Regex.IsMatch(text, pattern) == Regex.IsMatch(text, ours), $"U+{(int)character:X4}");
        }
    }
}
