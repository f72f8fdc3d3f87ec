using System.Text;
using Flatnet.Cli.Logs;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Cli.Tests.Logs;

public class MergeTests
{
    // Times of up to four sources, each in its own order.
    private static readonly Arbitrary<int[][]> Sources =
        Gen.Choose(0, 50).ArrayOf().Select(times => times.Order().ToArray()).ArrayOf(4).ToArbitrary();

    [Fact]
    public void History_is_in_the_order_of_time_and_of_sources() => Prop.ForAll(Sources, sources =>
        TextsOf(HistoryMerge.ReadAsync([.. sources.Select(LinesOf)], CancellationToken.None)).SequenceEqual(Sorted(sources))).QuickCheckThrowOnFailure();

    [Fact]
    public void Live_lines_within_the_window_are_in_the_order_of_time() => Prop.ForAll(Sources, sources =>
    {
        var window = new ReorderWindow(sources.Length);
        // All arrive at once, source by source: as disordered as can be.
        for (int i = 0; i < sources.Length; i++)
        {
            for (int j = 0; j < sources[i].Length; j++)
            {
                window.Add(i, Line(i, j, sources[i][j]), TimeSpan.FromSeconds(5));
            }
        }

        return Drain(window, TimeSpan.FromSeconds(5) + ReorderWindow.Length).SequenceEqual(Sorted(sources));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whenever_lines_come_those_of_a_source_keep_their_order()
    {
        Gen<(int Source, int Time, int Pause)[]> arrivals =
            Gen.Choose(0, 2).SelectMany(source => Gen.Choose(0, 50).SelectMany(time => Gen.Choose(0, 400).Select(pause => (source, time, pause)))).ArrayOf();
        Prop.ForAll(arrivals.ToArbitrary(), all =>
        {
            var window = new ReorderWindow(3);
            var shown = new List<string>();
            int[] numbers = new int[3];
            TimeSpan now = TimeSpan.Zero;
            foreach ((int source, int time, int pause) in all)
            {
                now += TimeSpan.FromMilliseconds(pause);
                window.Add(source, Line(source, numbers[source]++, time), now);
                shown.AddRange(Drain(window, now));
            }

            shown.AddRange(Drain(window, now + TimeSpan.FromHours(1)));
            return shown.Count == all.Length && Enumerable.Range(0, 3).All(source =>
                shown.Where(text => text.StartsWith($"{source}/", StringComparison.Ordinal)).SequenceEqual(Enumerable.Range(0, numbers[source]).Select(i => $"{source}/{i}")));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_line_waits_for_the_others_and_no_longer()
    {
        var window = new ReorderWindow(2);
        TimeSpan start = TimeSpan.FromSeconds(10);
        window.Add(0, Line(0, 0, 5), start);
        window.Add(1, Line(1, 0, 9), start);
        Assert.Equal(["0/0"], Drain(window, start));
        Assert.False(window.TryTake(start, out _, out _, out TimeSpan? wait));
        Assert.Equal(ReorderWindow.Length, wait);
        Assert.Equal(["1/0"], Drain(window, start + ReorderWindow.Length));
        // Late, and shown late.
        window.Add(0, Line(0, 1, 6), start + (2 * ReorderWindow.Length));
        Assert.Equal(["0/1"], Drain(window, start + (3 * ReorderWindow.Length)));
    }

    [Fact]
    public void A_source_that_has_not_begun_is_waited_for_longer()
    {
        var window = new ReorderWindow(2);
        window.Add(0, Line(0, 0, 5), TimeSpan.Zero);
        Assert.Empty(Drain(window, ReorderWindow.FirstLine - TimeSpan.FromMilliseconds(1)));
        window.Add(1, Line(1, 0, 3), ReorderWindow.FirstLine);
        Assert.Equal(["1/0", "0/0"], Drain(window, ReorderWindow.FirstLine + ReorderWindow.Length));
    }

    [Fact]
    public void A_source_that_has_ended_is_not_waited_for()
    {
        var window = new ReorderWindow(2);
        window.End(1);
        window.Add(0, Line(0, 0, 5), TimeSpan.Zero);
        Assert.Equal(["0/0"], Drain(window, TimeSpan.Zero));
    }

    [Fact]
    public async Task Live_sources_are_read_to_their_ends()
    {
        var lines = new List<string>();
        await foreach (LogLine line in new LiveMerge([LinesOf([1, 3], 0), LinesOf([2, 4], 1)], TimeProvider.System).ReadAsync(CancellationToken.None))
        {
            lines.Add(Text(line));
        }

        Assert.Equal(["0/0", "1/0", "0/1", "1/1"], lines);
    }

    [Fact]
    public async Task An_error_of_one_live_source_is_the_error_of_all() => await Assert.ThrowsAsync<InvalidDataException>(async () =>
    {
        await foreach (LogLine _ in new LiveMerge([LinesOf([1], 0), Broken()], TimeProvider.System).ReadAsync(CancellationToken.None))
        {
        }
    });

    private static async IAsyncEnumerable<LogLine> Broken()
    {
        await Task.Yield();
        throw new InvalidDataException();
#pragma warning disable CS0162 // Makes it an iterator.
        yield break;
#pragma warning restore CS0162
    }

    private static IEnumerable<string> Sorted(int[][] sources) => sources
        .SelectMany((times, source) => times.Select((time, i) => (time, source, i)))
        .OrderBy(line => line.time).ThenBy(line => line.source).ThenBy(line => line.i).Select(line => $"{line.source}/{line.i}");

    private static List<string> Drain(ReorderWindow window, TimeSpan now)
    {
        var texts = new List<string>();
        while (window.TryTake(now, out _, out LogLine line, out _))
        {
            texts.Add(Text(line));
        }

        return texts;
    }

    private static List<string> TextsOf(IAsyncEnumerable<LogLine> lines)
    {
        var texts = new List<string>();
        IAsyncEnumerator<LogLine> all = lines.GetAsyncEnumerator();
        while (all.MoveNextAsync().AsTask().GetAwaiter().GetResult())
        {
            texts.Add(Text(all.Current));
        }

        return texts;
    }

    private static async IAsyncEnumerable<LogLine> LinesOf(int[] times, int source)
    {
        for (int i = 0; i < times.Length; i++)
        {
            await Task.CompletedTask;
            yield return Line(source, i, times[i]);
        }
    }

    private static LogLine Line(int source, int number, int time) =>
        new(new LogOrigin($"{source}", "podman"), time, null, Encoding.UTF8.GetBytes($"{source}/{number}"));

    private static string Text(LogLine line) => Encoding.UTF8.GetString(line.Text.Span);
}
