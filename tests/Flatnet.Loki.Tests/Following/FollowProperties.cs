using System.Globalization;
using Flatnet.Loki.Tests.Support;
using Flatnet.Loki.TestServer;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Loki.Tests.Following;

/// <summary>Whatever happens to the tail: every line exactly once, and each stream in its order.</summary>
public sealed class FollowProperties
{
    private enum Event
    {
        Lines,
        Drop,
        Abort,
        MidFrame,
        IngestersGone,
        DurationReached,
        Pause,
    }

    [Fact]
    public void Cuts_and_drops_lose_and_repeat_nothing() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(25),
        Prop.ForAll(
            Gen.Elements(Enum.GetValues<Event>().Append(Event.Lines).Append(Event.Lines).ToArray()).ArrayOf().ToArbitrary(),
            Gen.Choose(0, 3).ToArbitrary(),
            (events, mode) => RunAsync(events, backfill: mode % 2 == 0, categories: mode < 2).GetAwaiter().GetResult()));

    [Fact]
    public async Task A_hundred_cuts_in_20000_lines()
    {
        const int Lines = 20_000;
        var cuts = new[] { TailCut.Abort, TailCut.MidFrame, TailCut.IngestersGone, TailCut.DurationReached };
        await using var server = new LokiTestServer();
        using var client = server.Client();
        await using var live = new LiveQuery(client, new() { Query = "{job=\"web\"}", Since = Sample.Now });
        await live.UntilAsync(() => server.OpenTails == 1, "following");
        var cut = 0;
        for (var number = 0; number < Lines; number++)
        {
            server.Store.Add(Sample.Now, $"{number}", Sample.Labels(("job", "web"), ("host", $"h{number % 3}")));
            if (number % (Lines / 100) == Lines / 200)
            {
                // Each cut meets an open tail.
                await live.UntilAsync(() => server.TailsOpened > cut && server.OpenTails == 1, "a tail to cut");
                server.CutTails(cuts[cut++ % cuts.Length]);
            }
        }

        Assert.Equal(100, cut);
        await live.UntilCountAsync(Lines);
        await live.UntilAsync(() => server.OpenTails == 1, "the last tail");
        await Task.Delay(300);
        AssertOnceAndInOrder(live, Lines);
    }

    private static async Task RunAsync(Event[] events, bool backfill, bool categories)
    {
        await using var server = new LokiTestServer { HasBackfill = backfill, KnowsCategories = categories };
        using var client = server.Client();
        var added = 0;
        Add(7);
        await using var live = new LiveQuery(client, new() { Query = "{job=\"web\"}", Since = Sample.Now - 60_000_000_000 });
        await live.UntilAsync(() => server.OpenTails == 1, "following");
        foreach (var happening in events)
        {
            switch (happening)
            {
                case Event.Lines:
                    Add(13);
                    break;
                case Event.Drop:
                    server.DropFromTails(5);
                    Add(9);
                    break;
                case Event.Pause:
                    await Task.Delay(5);
                    break;
                default:
                    server.CutTails(Enum.Parse<TailCut>(happening.ToString()));
                    break;
            }
        }

        Add(1);
        await live.UntilCountAsync(added);
        await Task.Delay(20);
        AssertOnceAndInOrder(live, added);

        void Add(int lines)
        {
            for (var last = added + lines; added < last; added++)
            {
                server.Store.Add(Sample.Now, $"{added}", Sample.Labels(("job", "web"), ("host", $"h{added % 3}")));
            }
        }
    }

    private static void AssertOnceAndInOrder(LiveQuery live, int lines)
    {
        var numbers = live.Entries.Select(static entry => (Host: entry.Labels["host"], Number: int.Parse(entry.Line, CultureInfo.InvariantCulture))).ToList();
        Assert.Equal(Enumerable.Range(0, lines), numbers.Select(static line => line.Number).Order());
        Assert.All(numbers.GroupBy(static line => line.Host), static stream =>
            Assert.Equal(stream.Select(static line => line.Number).Order(), stream.Select(static line => line.Number)));
    }
}
