using System.Text;
using Flatnet.Agent.Capture;
using Flatnet.Logs;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Agent.Tests.Capture;

/// <summary>Bytes become lines.</summary>
public sealed class LineCutterTests
{
    [Theory]
    [InlineData("one\ntwo\n", "one|two")]
    [InlineData("one\r\ntwo\r\r\n", "one|two\r")]
    [InlineData("\n\n", "|")]
    [InlineData("no end", "no end")]
    [InlineData("10%\r20%\r\n", "10%\r20%")]
    public void Lines_end_at_line_feeds(string text, string lines) =>
        Assert.Equal(lines.Split('|'), Cut([Encoding.UTF8.GetBytes(text)]).Select(line => line.Text));

    [Fact]
    public void How_the_bytes_are_chunked_makes_no_difference() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(200),
        Prop.ForAll(Cases().ToArbitrary(), test => Assert.Equal(Cut([test.Bytes]), Cut(Chunks(test.Bytes, test.Sizes)))));

    [Fact]
    public void A_megabyte_in_one_line_comes_in_parts_that_are_the_line()
    {
        string text = string.Concat(Enumerable.Range(0, 350_000).Select(static n => n % 2 == 0 ? "ä" : "語"));
        List<CutLine> parts = Cut([Encoding.UTF8.GetBytes(text + "\nnext\n")]);
        Assert.Equal(text, string.Concat(parts.SkipLast(1).Select(part => part.Text)));
        Assert.All(parts.SkipLast(2), part => Assert.True(part.IsPartial));
        Assert.All(parts.SkipLast(1), part => Assert.Equal(1, part.Number));
        Assert.False(parts[^2].IsPartial);
        Assert.Equal(new CutLine("next", 2, false, 0), parts[^1]);
    }

    [Fact]
    public void A_prompt_is_shown_and_replaced()
    {
        var sink = new Sink();
        var cutter = new LineCutter(LogSource.Stdout, sink);
        cutter.Add("before\nName: "u8, 0);
        cutter.Flush(0);
        cutter.Flush(0);
        Assert.True(cutter.HasPending);
        cutter.Add("Bob"u8, 0);
        cutter.Flush(0);
        cutter.Add("\nafter\n"u8, 0);
        cutter.Flush(0);
        cutter.End(0);
        Assert.Equal(
            [new CutLine("before", 1, false, 0), new CutLine("Name: ", 2, true, 0), new CutLine("Name: Bob", 2, true, 2), new CutLine("Name: Bob", 2, false, 3), new CutLine("after", 3, false, 0)],
            sink.Lines);
    }

    private static Gen<(byte[] Bytes, int[] Sizes)> Cases()
    {
        Gen<byte[]> piece = Gen.OneOf(
            Gen.Elements("\n", "\r\n", "\r", "text", "語", "\0").Select(Encoding.UTF8.GetBytes),
            Gen.Choose(0, 255).Select(static value => (byte)value).ArrayOf(),
            // Around the longest line, by a character more or less.
            from length in Gen.Choose(LineCutter.MaxLength - 3, LineCutter.MaxLength + 3)
            from end in Gen.Elements("", "\n", "\r\n", "\r")
            select Encoding.ASCII.GetBytes(new string('x', length) + end));
        // Also chunks that end between CR and LF behind the longest line.
        Gen<int> size = Gen.OneOf(Gen.Choose(1, 100_000), Gen.Choose(LineCutter.MaxLength, LineCutter.MaxLength + 2));
        return from pieces in piece.ListOf()
               from sizes in size.ArrayOf(7)
               select (pieces.SelectMany(static bytes => bytes).ToArray(), sizes);
    }

    private static IEnumerable<byte[]> Chunks(byte[] bytes, int[] sizes)
    {
        int position = 0;
        for (int i = 0; position < bytes.Length; i++)
        {
            int size = Math.Min(sizes[i % sizes.Length], bytes.Length - position);
            yield return bytes[position..(position += size)];
        }
    }

    private static List<CutLine> Cut(IEnumerable<byte[]> chunks)
    {
        var sink = new Sink();
        var cutter = new LineCutter(LogSource.Stdout, sink);
        foreach (byte[] chunk in chunks)
        {
            cutter.Add(chunk, 0);
        }

        cutter.End(0);
        return sink.Lines;
    }

    private sealed class Sink : ILineSink
    {
        public List<CutLine> Lines { get; } = [];

        public long Take(in RawLine line)
        {
            Lines.Add(new CutLine(Encoding.Latin1.GetString(line.Text) is var text && System.Text.Unicode.Utf8.IsValid(line.Text) ? Encoding.UTF8.GetString(line.Text) : text, line.Number, line.IsPartial, line.Replaces));
            return Lines.Count;
        }
    }
}
