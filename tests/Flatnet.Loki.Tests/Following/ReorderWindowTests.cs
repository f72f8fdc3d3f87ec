using Flatnet.Loki.Following;
using Flatnet.Loki.Reading;
using Flatnet.Loki.Tests.Support;

namespace Flatnet.Loki.Tests.Following;

public sealed class ReorderWindowTests
{
    private static readonly StreamLabels First = new(0, Sample.Labels(("host", "a")));
    private static readonly StreamLabels Second = new(1, Sample.Labels(("host", "b")));

    private readonly ReorderWindow _window = new(TimeSpan.FromMilliseconds(300));

    [Fact]
    public void Lines_of_the_only_stream_do_not_wait()
    {
        _window.Add(new(5, "a", First), now: 1000);
        Assert.Equal(["a"], Take(1000));
        Assert.Null(_window.NextDue);
    }

    [Fact]
    public void Lines_of_several_streams_wait_for_older_ones()
    {
        Assert.Equal(["warm up"], TakeAfter(new(1, "warm up", First), 0));
        _window.Add(new(10, "later", Second), now: 1000);
        _window.Add(new(9, "earlier", First), now: 1200);
        Assert.Empty(Take(1299));
        Assert.Equal(1300, _window.NextDue);
        Assert.Equal(["earlier", "later"], Take(1300));
    }

    [Fact]
    public void A_line_that_comes_too_late_is_late_and_not_lost()
    {
        Assert.Equal(["warm up"], TakeAfter(new(1, "warm up", First), 0));
        _window.Add(new(10, "b10", Second), now: 1000);
        Assert.Equal(["b10"], Take(1300));
        _window.Add(new(9, "a9", First), now: 1301);
        Assert.Equal(["a9"], Take(1601));
    }

    [Fact]
    public void One_stream_is_never_reordered()
    {
        _window.Add(new(1, "b", Second), now: 0);
        _window.Add(new(20, "a20", First), now: 0);
        _window.Add(new(10, "a10", First), now: 0);
        _window.Add(new(15, "b15", Second), now: 0);
        Assert.Equal(["b", "b15", "a20", "a10"], Take(long.MaxValue));
    }

    private List<string> TakeAfter(Entry entry, long now)
    {
        _window.Add(entry, now);
        return Take(now);
    }

    private List<string> Take(long now) => _window.Take(now).Select(static entry => entry.Line).ToList();
}
