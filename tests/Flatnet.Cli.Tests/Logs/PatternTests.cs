using System.Text;
using System.Text.RegularExpressions;
using Flatnet.Cli.Logs;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Cli.Tests.Logs;

public class PatternTests
{
    [Theory]
    [InlineData("error", "error")]
    [InlineData("err.*timeout [0-9]+", "timeout ")]
    [InlineData("time(out)?s", "time")]
    [InlineData("abc?d", "ab")]
    [InlineData("abc+d", "abc")]
    [InlineData("ab|cd", "")]
    [InlineData("(?i)abc", "")]
    [InlineData("a\\.b\\.c", "a.b.c")]
    [InlineData("^\\d+ GET$", " GET")]
    [InlineData("[]abc]x{2}yz", "yz")]
    [InlineData("(a|b)cde", "cde")]
    [InlineData("\\x41bc", "")]
    public void The_text_that_every_match_contains_is_found(string pattern, string expected) => Assert.Equal(expected, RegexLiteral.Longest(pattern));

    [Fact]
    public void What_is_required_is_in_every_match()
    {
        Gen<string> patterns = Gen.Elements("a", "b", ".", "[ab]", "[^a-]", "(a|b)", "(?:ab)", "*", "+", "?", "{2}", "\\.", "\\d", "|", "^", "$", "ba").ArrayOf().Select(string.Concat);
        Gen<string> lines = Gen.Elements("a", "b", ".", "1", "-").ArrayOf().Select(string.Concat);
        Prop.ForAll(patterns.ToArbitrary(), lines.ToArbitrary(), (pattern, line) =>
        {
            Regex regex;
            try
            {
                regex = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            }
            catch (ArgumentException)
            {
                return true;
            }

            byte[] bytes = Encoding.UTF8.GetBytes(line);
            return LinePattern.Create(pattern, isFixed: false, ignoresCase: false).IsMatch(bytes) == regex.IsMatch(line)
                && LinePattern.Create(pattern, isFixed: true, ignoresCase: false).IsMatch(bytes) == line.Contains(pattern, StringComparison.Ordinal);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Theory]
    [InlineData("ärger", "Ärger", true)]
    [InlineData("A.C", "xabcx", true)]
    [InlineData("a.c", "a日c", true)]
    [InlineData("日本", "これは日本", true)]
    [InlineData("日本", "にほん", false)]
    public void Case_and_alphabets_do_not_matter_when_ignored(string pattern, string line, bool isMatch) =>
        Assert.Equal(isMatch, LinePattern.Create(pattern, isFixed: false, ignoresCase: true).IsMatch(Encoding.UTF8.GetBytes(line)));

    [Theory]
    [InlineData("a", false, false, " |= \"a\"")]
    [InlineData("a", true, false, " |~ \"(?i)a\"")]
    [InlineData("a\"", false, true, " != \"a\\\"\"")]
    [InlineData("a.c", false, true, " !~ \"a.c\"")]
    public void A_pattern_is_the_same_for_Loki(string pattern, bool ignoresCase, bool excludes, string expected) =>
        Assert.Equal(expected, LinePattern.Create(pattern, isFixed: false, ignoresCase).ToLogQl(excludes));
}
