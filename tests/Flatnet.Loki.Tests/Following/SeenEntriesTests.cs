using Flatnet.Loki.Following;
using Flatnet.Loki.Reading;
using Flatnet.Loki.Tests.Support;

namespace Flatnet.Loki.Tests.Following;

public sealed class SeenEntriesTests
{
    private const long Second = 1_000_000_000;
    private static readonly StreamLabels Stream = new(0, Sample.Web);

    [Fact]
    public void A_line_is_known_by_stream_time_and_text()
    {
        var seen = new SeenEntries(TimeSpan.FromSeconds(10), 10);
        Assert.True(seen.Add(new(1, "a", Stream), 1));
        Assert.False(seen.Add(new(1, "a", Stream with { Labels = Sample.Labels(("job", "web"), ("level", "info")) }), 1));
        Assert.True(seen.Add(new(2, "a", Stream), 2));
        Assert.True(seen.Add(new(1, "b", Stream), 2));
        Assert.True(seen.Add(new(1, "a", Stream with { Stream = 1 }), 2));
    }

    [Fact]
    public void It_is_forgotten_when_it_is_old_and_many_came_after_it()
    {
        var seen = new SeenEntries(TimeSpan.FromSeconds(10), 100);
        Fill(seen, lines: 200, newest: 5 * Second);
        Assert.False(seen.Add(new(1, "first", Stream), 5 * Second));
        Fill(seen, lines: 1, newest: 20 * Second);
        Assert.True(seen.Add(new(1, "first", Stream), 20 * Second));
    }

    [Fact]
    public void What_a_new_tail_may_send_again_is_kept_however_old()
    {
        var seen = new SeenEntries(TimeSpan.FromSeconds(10), 100) { KeepFrom = 1 };
        Fill(seen, lines: 200, newest: 100 * Second);
        Assert.False(seen.Add(new(1, "first", Stream), 100 * Second));
    }

    private static void Fill(SeenEntries seen, int lines, long newest)
    {
        seen.Add(new(1, "first", Stream), 1);
        for (var line = 1; line <= lines; line++)
        {
            seen.Add(new(newest - lines + line, "x", Stream), newest);
        }
    }
}
