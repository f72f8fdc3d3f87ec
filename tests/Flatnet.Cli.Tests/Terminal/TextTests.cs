using Flatnet.Cli.Terminal;

namespace Flatnet.Cli.Tests.Terminal;

public sealed class TextTests
{
    [Theory]
    [InlineData("web", 3)]
    [InlineData("日本", 4)]
    [InlineData("é", 1)]
    [InlineData("", 0)]
    public void Width_is_in_columns(string text, int width) => Assert.Equal(width, DisplayWidth.Of(text));

    [Fact]
    public void A_table_lines_up_wide_characters()
    {
        using var output = new StringWriter { NewLine = "\n" };

        PlainTable.Write(output, [["ID", "NAME", "IP"], ["1", "日本", "10.87.1.2"], ["22", "web", "-"]]);

        Assert.Equal("ID   NAME   IP\n1    日本   10.87.1.2\n22   web    -\n", output.ToString());
    }

    [Theory]
    [InlineData("plain", "plain", "plain")]
    [InlineData("\u001b[31mred\u001b[0m", "\u001b[31mred\u001b[0m", "red")]
    [InlineData("a\u001b[2Jb", "a[2Jb", "a[2Jb")]
    [InlineData("a\u001b]0;title\u0007b", "a]0;titleb", "a]0;titleb")]
    [InlineData("a\tb\rc\nd\u0008e\u009bf", "a\tbcdef", "a\tbcdef")]
    [InlineData("end\u001b[31", "end[31", "end[31")]
    public void Control_characters_do_not_reach_the_terminal(string text, string withColors, string without)
    {
        Assert.Equal(withColors, SafeText.For(text, keepColors: true));
        Assert.Equal(without, SafeText.For(text, keepColors: false));
    }

    [Fact]
    public void Lines_of_a_message_stay_lines() => Assert.Equal("web[2J: gone\nStart it", SafeText.Lines("web\u001b[2J: gone\r\nStart \u0007it"));
}
