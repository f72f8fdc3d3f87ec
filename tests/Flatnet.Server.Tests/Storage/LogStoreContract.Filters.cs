using System.Text.RegularExpressions;
using Flatnet.Logs;
using Flatnet.Server.Storage;
using static Flatnet.Server.Tests.Storage.Lines;
using LogLevel = Flatnet.Logs.LogLevel;

namespace Flatnet.Server.Tests.Storage;

public abstract partial class LogStoreContract
{
    private static readonly LogSource[] AllSources = [LogSource.Stdout, LogSource.Stderr, LogSource.Agent];
    private static readonly LogLevel[] AllLevels = Enum.GetValues<LogLevel>();

    public static TheoryData<string> Filters => [.. FilterTable.Keys];

    private static Dictionary<string, LogQuery> FilterTable { get; } = new()
    {
        ["a source"] = Query(new LogFilter { Sources = 1 << (int)LogSource.Stderr }),
        ["levels"] = Query(new LogFilter { Levels = (1 << (int)LogLevel.Error) | (1 << (int)LogLevel.Fatal) }),
        ["source and level"] = Query(new LogFilter { Sources = 1 << (int)LogSource.Agent, Levels = 1 << (int)LogLevel.Warn }),
        ["nothing"] = Query(new LogFilter { Levels = 0 }),
        ["text"] = Query(new LogFilter { Text = "LINE 1" }),
        ["text at the border of lines"] = Query(new LogFilter { Text = "ENDline" }),
        ["text that is nowhere"] = Query(new LogFilter { Text = "nowhere" }),
        ["empty text"] = Query(new LogFilter { Text = "" }),
        ["text with letters beyond ASCII"] = Query(new LogFilter { Text = "ÜBER 7" }),
        ["text without case"] = Query(new LogFilter { Text = "長い" }),
        ["regex"] = Query(new LogFilter { Pattern = new Regex("[37]7 end$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase) }),
        ["text and level"] = Query(new LogFilter { Text = "7", Levels = 1 << (int)LogLevel.Info }),
        ["from"] = Query(LogFilter.All) with { From = Then + 150 },
        ["to"] = Query(LogFilter.All) with { To = Then + 150 },
        ["from and to"] = Query(LogFilter.All) with { From = Then + 90, To = Then + 95 },
        ["from and to and source"] = Query(new LogFilter { Sources = 1 << (int)LogSource.Stdout }) with { From = Then + 90, To = Then + 220 },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_filter_finds_what_looking_at_every_line_finds(string filter)
    {
        LogQuery query = FilterTable[filter];
        List<LogEntry> all = await AppendMixedAsync();
        List<LogEntry> expected = all.FindAll(
            line => query.Filter.Matches(line) && !(line.Timestamp < query.From) && !(line.Timestamp >= query.To));

        Assert.Equal(expected, await Store.ReadAllAsync(query));
        Assert.Equal(expected.Count, await Store.CountAsync(query, CancellationToken.None));
        Assert.Equal(Enumerable.Reverse(expected).Skip(2).Take(5), await Store.ReadAllAsync(query with { Descending = true, Skip = 2, Limit = 5 }));
        Assert.Equal(expected.Skip(7).Take(40), await Store.ReadAllAsync(query with { Skip = 7, Limit = 40 }));
    }

    [Fact]
    public async Task Counting_keeps_to_the_range()
    {
        await AppendMixedAsync();

        Assert.Equal(99, await Store.CountAsync(Query(LogFilter.All) with { AfterSeq = 77, BeforeSeq = 177, Limit = 5 }, CancellationToken.None));
        Assert.Equal(33, await Store.CountAsync(
            Query(new LogFilter { Sources = 1 << (int)LogSource.Stdout }) with { AfterSeq = 77, BeforeSeq = 177 }, CancellationToken.None));
    }

    [Fact]
    public async Task A_search_goes_through_all_tasks_the_newest_first()
    {
        await Store.AppendAsync("old", Line("needle 1"), Line("hay"), Line("Needle 2"));
        await Store.AppendAsync("none", Line("hay"));
        await Store.AppendAsync("new", Line("NEEDLE 3"));
        LogQuery query = new() { TaskId = "", Filter = new LogFilter { Text = "needle" } };

        Assert.Equal([("new", "NEEDLE 3"), ("old", "needle 1"), ("old", "Needle 2")], await Store.FindAllAsync(query));
        Assert.Equal([("old", "needle 1")], await Store.FindAllAsync(query with { Skip = 1, Limit = 1 }));
        Assert.Empty(await Store.FindAllAsync(query with { From = Then + 1 }));
    }

    private static LogQuery Query(LogFilter filter) => new() { TaskId = "t", Filter = filter };

    /// <summary>300 lines of all sources and levels, in blocks of different length, with times that go back now and then.</summary>
    private async Task<List<LogEntry>> AppendMixedAsync()
    {
        for (int first = 0; first < 300;)
        {
            int count = Math.Min(1 + (first % 41), 300 - first);
            LogEntry[] lines = [.. Enumerable.Range(first, count).Select(static number => Line(
                number % 5 == 0 ? $"über {number} 長い END" : $"line {number} end",
                AllSources[number % 3],
                AllLevels[number % 7 % 6],
                at: number - (number % 11 * 3)))];
            await Store.AppendAsync("t", lines);
            first += count;
        }

        return await Store.ReadAllAsync("t");
    }
}
