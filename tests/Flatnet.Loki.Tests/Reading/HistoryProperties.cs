using Flatnet.Loki.Tests.Support;
using Flatnet.Loki.TestServer;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Loki.Tests.Reading;

/// <summary>Whatever lines there are, and however small the pages: all of them, once, in Loki's order.</summary>
public sealed class HistoryProperties
{
    /// <summary>A line as (time, stream); few times, so that many are equal.</summary>
    private static readonly Gen<(int Time, int Stream)[]> Lines =
        Gen.Choose(0, 12).SelectMany(static time => Gen.Choose(0, 3).Select(stream => (time, stream))).ArrayOf();

    [Fact]
    public void All_lines_are_read_once_and_in_order() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(80),
        Prop.ForAll(Cases().ToArbitrary(), test => RunAsync(test.Lines, test.Page, tail: null, test.Categories).GetAwaiter().GetResult()));

    [Fact]
    public void The_last_lines_are_the_end_of_all_lines() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(80),
        Prop.ForAll(Cases().ToArbitrary(), test => RunAsync(test.Lines, test.Page, test.Tail, test.Categories).GetAwaiter().GetResult()));

    private static Gen<((int Time, int Stream)[] Lines, int Page, int Tail, bool Categories)> Cases() =>
        from lines in Lines
        from page in Gen.Choose(1, 9)
        from tail in Gen.Choose(0, 30)
        from categories in Gen.Elements(true, false)
        select (lines, page, tail, categories);

    private static async Task RunAsync((int Time, int Stream)[] lines, int page, int? tail, bool categories)
    {
        await using var server = new LokiTestServer { KnowsCategories = categories };
        foreach (var ((time, stream), number) in lines.Select(static (line, number) => (line, number)))
        {
            server.Store.Add(Sample.Then + time, $"line {number}", Sample.Labels(("job", "web"), ("host", $"h{stream}")));
        }

        using var client = server.Client(Sample.Fast with { Page = page });
        var read = await client.ReadAllAsync(new() { Query = "{job=\"web\"}", Since = Sample.Then, Until = Sample.Then + 100, Tail = tail });

        var reference = server.Store.Lines.OrderBy(static line => line.Timestamp).ThenBy(static line => line.Stream, StringComparer.Ordinal).ToList();
        if (tail is { } count)
        {
            reference = reference.TakeLast(count).ToList();
        }

        Assert.Equal(reference.Select(static line => (line.Timestamp, line.Line)), read.Select(static entry => (entry.Timestamp, entry.Line)));
        Assert.All(read.Zip(reference), static pair => Assert.Equal(pair.Second.Labels["host"], pair.First.Labels["host"]));
    }
}
