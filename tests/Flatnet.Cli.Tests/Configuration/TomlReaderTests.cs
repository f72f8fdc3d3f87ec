using System.Collections.Immutable;
using Flatnet.Cli.Configuration;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Cli.Tests.Configuration;

public sealed class TomlReaderTests
{
    [Theory]
    [InlineData("a = \"x\"", "a", "x")]
    [InlineData("a = 'C:\\x'", "a", "C:\\x")]
    [InlineData("a = \"\\t\\u00e9\\\\\"", "a", "\té\\")]
    [InlineData("  a.b = \"x\" # why", "a.b", "x")]
    [InlineData("[t]\na = \"x\"", "t.a", "x")]
    [InlineData("[t.u]\n\"a b\" = \"x\"", "t.u.a b", "x")]
    [InlineData("[t]\r\na = \"x\"\r\n", "t.a", "x")]
    [InlineData("t = { a = \"x\" }", "t.a", "x")]
    [InlineData("a = true", "a", true)]
    [InlineData("a = -1_000", "a", -1000L)]
    [InlineData("a = 0.5", "a", 0.5)]
    public void A_value_has_its_dotted_path(string text, string path, object value)
    {
        TomlEntry entry = Assert.Single(TomlReader.Read(text));

        Assert.Equal((path, value), (entry.Path, entry.Value));
    }

    [Fact]
    public void An_array_may_go_over_lines()
    {
        TomlEntry entry = Assert.Single(TomlReader.Read("files = [ # two\n  \"/a\",\n  '/b',\n]\n"));

        Assert.Equal(["/a", "/b"], ((ImmutableArray<string>)entry.Value).ToArray());
    }

    [Theory]
    [InlineData("a = x", 1, 5, "x is neither")]
    [InlineData("\n  a =", 2, 6, "expected a value")]
    [InlineData("a \"x\"", 1, 3, "expected =")]
    [InlineData("a = \"x", 1, 5, "does not end")]
    [InlineData("a = \"\\q\"", 1, 6, "unknown escape")]
    [InlineData("a = \"\\ud800\"", 1, 6, "names no character")]
    [InlineData("a = 1\na = 2", 2, 1, "twice")]
    [InlineData("[t]\n[t]", 2, 1, "twice")]
    [InlineData("[[t]]", 1, 1, "arrays of tables")]
    [InlineData("a = \"\"\"x\"\"\"", 1, 5, "several lines")]
    [InlineData("a = [1]", 1, 6, "expected a string")]
    [InlineData("a = 1 b = 2", 1, 7, "end of the line")]
    [InlineData("= 1", 1, 1, "expected a key")]
    [InlineData("t = { a = 1", 1, 12, "expected , or }")]
    public void A_mistake_has_line_and_column(string text, int line, int column, string problem)
    {
        var error = Assert.Throws<TomlException>(() => TomlReader.Read(text));

        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_read_or_refused_with_a_place_inside_it() =>
        Prop.ForAll(Gen.Elements("[", "]", "{", "}", "=", "\"", "'", "\\", ",", ".", "#", "\n", " ", "a", "1", "true", "é").ArrayOf().ToArbitrary(), parts =>
        {
            string text = string.Concat(parts);
            try
            {
                return TomlReader.Read(text).TrueForAll(entry => entry.Path.Length > 0 && entry.Line <= text.Count(c => c == '\n') + 1);
            }
            catch (TomlException error)
            {
                return error.Line <= text.Count(c => c == '\n') + 1 && error.Column >= 1;
            }
        }).QuickCheckThrowOnFailure();
}
