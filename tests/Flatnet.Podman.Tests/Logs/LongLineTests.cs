using Flatnet.Podman.Logs;
using Flatnet.Podman.Tests.Logs.Files;

namespace Flatnet.Podman.Tests.Logs;

public sealed class LongLineTests
{
    [Fact]
    public void A_line_in_pieces_is_handed_out_when_it_grows_to_a_mebibyte()
    {
        using TempFile file = new();
        string piece = new('x', LineAssembler.LongestLine / 4);
        for (int number = 0; number < 5; number++)
        {
            file.Write(LogLines.Record(number, piece, tag: 'P'));
        }

        file.Write(LogLines.Record(5, "end"));
        int[] lengths = [.. Log(file).Read(new LogQuery()).Select(line => line.Text.Length)];
        Assert.Equal([LineAssembler.LongestLine, piece.Length + 3], lengths);
    }

    [Fact]
    public void What_has_no_line_ends_is_cut_and_not_lost()
    {
        using TempFile file = new();
        byte[] zeros = new byte[5_000_000];
        file.Write(LogLines.Record(1, "one"));
        file.Write(zeros);
        file.Write("\n" + LogLines.Record(2, "two"));
        List<LogRecord> lines = Log(file).Read(new LogQuery());
        Assert.Equal("one", lines[0].Text());
        Assert.Equal("two", lines[^1].Text());
        Assert.Equal(zeros.Length, lines[1..^1].Sum(line => line.Text.Length));
        Assert.All(lines, line => Assert.True(line.Timestamp > 0));
    }

    [Fact]
    public void A_cut_of_five_mebibytes_does_not_hide_the_tail()
    {
        using TempFile file = new();
        file.Write(new byte[5_000_000]);
        file.Write("\n" + LogLines.Record(2, "two"));
        Assert.Equal(["two"], Log(file).Read(new LogQuery { Tail = 1 }).Select(line => line.Text()));
    }

    private static K8sFileLog Log(TempFile file)
    {
        return new K8sFileLog(file.Path, false, _ => Task.CompletedTask);
    }
}
