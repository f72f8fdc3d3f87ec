using Flatnet.Podman.Logs;

namespace Flatnet.Podman.Tests.Logs.Files;

public sealed class FollowTests : IDisposable
{
    private static readonly LogQuery Follow = new() { Follow = true };

    private readonly TempFile _file = new();
    private readonly FakeLife _life = new();

    private K8sFileLog Log => new(_file.Path, false, _life.WaitForEndAsync);

    [Fact]
    public async Task History_and_new_lines_join()
    {
        _file.Write(LogLines.Record(1, "one") + LogLines.Record(2, "two"));
        await using Following following = new(Log, Follow with { Tail = 1 });
        Assert.Equal(["two"], await following.NextAsync(1));
        _file.Write(LogLines.Record(3, "three"));
        Assert.Equal(["three"], await following.NextAsync(1));
    }

    [Fact]
    public async Task It_ends_with_the_container_and_not_before_the_last_line()
    {
        await using Following following = new(Log, Follow);
        _file.Write(LogLines.Record(1, "one") + LogLines.Record(2, "unfinished", tag: 'P'));
        _life.End();
        Assert.Equal(["one", "unfinished"], await following.RestAsync());
    }

    [Fact]
    public async Task Across_restarts_it_does_not_end()
    {
        await using Following following = new(Log, Follow with { AcrossRestarts = true });
        _file.Write(LogLines.Record(1, "before"));
        Assert.Equal(["before"], await following.NextAsync(1));
        _life.End();
        _file.Write(LogLines.Record(2, "after"));
        Assert.Equal(["after"], await following.NextAsync(1));
    }

    [Fact]
    public async Task It_ends_when_a_line_is_past_until()
    {
        _file.Write(LogLines.Record(1, "before"));
        long until = LogLines.Noon + (100L * 365 * 86400 * Rfc3339.Second);
        await using Following following = new(Log, Follow with { Until = until });
        _file.Write($"{LogLines.At(until)} stdout F after\n");
        Assert.Equal(["before"], await following.RestAsync());
    }

    [Fact]
    public async Task It_ends_when_until_is_in_the_past()
    {
        _file.Write(LogLines.Record(1, "before"));
        await using Following following = new(Log, Follow with { Until = 5 * Rfc3339.Second });
        Assert.Empty(await following.RestAsync());
    }

    [Fact]
    public async Task A_record_written_in_two_goes_is_one_line()
    {
        string record = LogLines.Record(1, "torn");
        _file.Write(record[..40]);
        await using Following following = new(Log, Follow);
        _file.Write(record[40..]);
        _file.Write(LogLines.Record(2, "next"));
        Assert.Equal(["torn", "next"], await following.NextAsync(2));
    }

    [Fact]
    public async Task A_file_that_appears_later_is_read_from_its_beginning()
    {
        await using Following following = new(Log, Follow);
        _file.Write(LogLines.Record(1, "first"));
        Assert.Equal(["first"], await following.NextAsync(1));
    }

    [Fact]
    public async Task After_a_replacement_the_old_file_is_read_to_its_end()
    {
        _file.Write(LogLines.Record(1, "one"));
        await using Following following = new(Log, Follow);
        Assert.Equal(["one"], await following.NextAsync(1));
        _file.Write(LogLines.Record(2, "two"));
        _file.Replace(LogLines.Record(3, "three"));
        _file.Replace(LogLines.Record(4, "four"));
        _file.Write(LogLines.Record(5, "five"));
        Assert.Equal("two", (await following.NextAsync(1))[0]);
        _life.End();
        Assert.Equal(["four", "five"], (await following.RestAsync()).Where(line => line != "three"));
    }

    [Fact]
    public async Task A_line_in_pieces_goes_on_in_the_next_file()
    {
        _file.Write(LogLines.Record(0, "seen") + LogLines.Record(1, "begin, ", tag: 'P'));
        await using Following following = new(Log, Follow);
        Assert.Equal(["seen"], await following.NextAsync(1));
        _file.Replace(LogLines.Record(2, "end"));
        Assert.Equal(["begin, end"], await following.NextAsync(1));
    }

    [Fact]
    public async Task A_file_moved_away_is_followed_until_there_is_a_new_one()
    {
        _file.Write(LogLines.Record(1, "one"));
        await using Following following = new(Log, Follow);
        Assert.Equal(["one"], await following.NextAsync(1));
        using FileStream open = new(_file.Path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        _file.MoveAway();
        open.Write(System.Text.Encoding.ASCII.GetBytes(LogLines.Record(2, "two")));
        open.Flush();
        Assert.Equal(["two"], await following.NextAsync(1));
        _file.Write(LogLines.Record(3, "three"));
        Assert.Equal(["three"], await following.NextAsync(1));
    }

    [Fact]
    public async Task An_emptied_file_is_read_from_its_beginning()
    {
        _file.Write(LogLines.Record(1, "one") + LogLines.Record(2, "two"));
        await using Following following = new(Log, Follow);
        Assert.Equal(["one", "two"], await following.NextAsync(2));
        _file.Empty();
        _file.Write(LogLines.Record(3, "three"));
        Assert.Equal(["three"], await following.NextAsync(1));
    }

    [Fact]
    public async Task An_emptied_file_is_noticed_even_when_it_has_grown_beyond_its_old_length()
    {
        _file.Write(LogLines.Record(1, "one"));
        await using Following following = new(Log, Follow);
        Assert.Equal(["one"], await following.NextAsync(1));
        byte[] grown = System.Text.Encoding.ASCII.GetBytes(LogLines.Record(2, "two") + LogLines.Record(3, "three"));
        using (FileStream file = new(_file.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            // In one go, as far as a reader can see.
            file.Write(grown);
        }

        Assert.Equal(["two", "three"], await following.NextAsync(2));
    }

    [Fact]
    public async Task Twenty_thousand_lines_over_a_hundred_replacements_come_once_each()
    {
        await using Following following = new(Log, Follow);
        List<string> read = [];
        for (int number = 0; number < 20_000; number++)
        {
            _file.Write(LogLines.Record(number, $"{number}", number % 7 == 0 ? "stderr" : "stdout"));
            if (number % 200 == 199)
            {
                // Nobody can read a file that came and went unseen: the first lines of each must be there before it goes.
                read.AddRange(await following.NextAsync(number - read.Count - 50));
                Replace(number / 200);
            }
        }

        _life.End();
        read.AddRange(await following.RestAsync());
        Assert.Equal(Enumerable.Range(0, 20_000).Select(number => $"{number}"), read);
    }

    public void Dispose()
    {
        _file.Dispose();
    }

    private void Replace(int number)
    {
        if (number % 2 == 0)
        {
            _file.Replace();
        }
        else
        {
            _file.MoveAway();
        }
    }
}
