using Flatnet.Podman.Logs;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Podman.Tests.Logs.Files;

/// <summary>Whatever the file holds: every way of reading finds what the plain parser finds.</summary>
public sealed class K8sFileProperties
{
    // Small enough that blocks, steps and searches by time end in the middle of everything.
    private static readonly ScanSizes Small = new() { Block = 61, Lookback = 1 << 14, FirstStep = 64, LongestStep = 512, Kept = 400, ReadWhole = 0 };

    [Fact]
    public void A_scan_finds_what_the_plain_parser_finds()
    {
        ForAll((content, file) => Same(content.Parse(), file.Read(new LogQuery())));
    }

    [Fact]
    public void A_tail_is_the_end_of_a_scan()
    {
        Prop.ForAll(LogContent.Any(), ArbMap.Default.ArbFor<byte>(), (content, count) => With(content, file =>
            Same(content.Parse().TakeLast(count), file.Read(new LogQuery { Tail = count }))))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void A_tail_counts_lines_that_match()
    {
        foreach (bool tells in (bool[])[true, false])
        {
            Containing filter = new("needle", tells);
            ForAll((content, file) => Same(
                content.Parse().Where(line => filter.IsMatch(line)).TakeLast(5),
                file.Read(new LogQuery { Tail = 5, Filter = filter })));
        }
    }

    [Fact]
    public void Looking_for_bytes_first_finds_the_same_lines()
    {
        Containing filter = new("needle");
        ForAll((content, file) => Same(
            content.Parse().Where(line => filter.IsMatch(line)),
            file.Read(new LogQuery { Filter = filter })));
    }

    [Fact]
    public void Since_is_inclusive_and_until_exclusive()
    {
        Gen<int> seconds = Gen.Choose(-10, 4000);
        Prop.ForAll(LogContent.Any(), seconds.ToArbitrary(), seconds.ToArbitrary(), (content, since, until) => With(content, file =>
            Same(
                content.Parse().Where(line => line.Timestamp >= LogLines.Noon + since && line.Timestamp < LogLines.Noon + until),
                file.Read(new LogQuery { Since = LogLines.Noon + since, Until = LogLines.Noon + until }))))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void A_tail_within_a_time_is_the_end_of_that_time()
    {
        Prop.ForAll(LogContent.Any(), Gen.Choose(-10, 4000).ToArbitrary(), Gen.Choose(0, 30).ToArbitrary(), (content, until, count) => With(content, file =>
            Same(
                content.Parse().Where(line => line.Timestamp < LogLines.Noon + until).TakeLast(count),
                file.Read(new LogQuery { Until = LogLines.Noon + until, Tail = count }))))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Fact]
    public void A_terminal_adds_one_carriage_return_that_is_taken_away()
    {
        ForAll((content, file) => Same(content.Parse(hasTerminal: true), file.Read(new LogQuery())), hasTerminal: true);
    }

    [Fact]
    public void Following_an_ended_container_reads_the_same_as_not_following()
    {
        ForAll((content, file) => Same(content.Parse(), file.Read(new LogQuery { Follow = true })));
        ForAll((content, file) => Same(content.Parse().TakeLast(7), file.Read(new LogQuery { Tail = 7 })));
    }

    private static void ForAll(Func<LogContent, K8sFileLog, bool> property, bool hasTerminal = false)
    {
        Prop.ForAll(LogContent.Any(), content => With(content, file => property(content, file), hasTerminal))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static bool With(LogContent content, Func<K8sFileLog, bool> property, bool hasTerminal = false)
    {
        using TempFile file = new();
        file.Write(content.Bytes);
        return property(new K8sFileLog(file.Path, hasTerminal, _ => Task.CompletedTask, Small));
    }

    private static bool Same(IEnumerable<LogRecord> expected, IEnumerable<LogRecord> found)
    {
        Assert.Equal(expected.Select(LogLines.Show), found.Select(LogLines.Show));
        return true;
    }
}
