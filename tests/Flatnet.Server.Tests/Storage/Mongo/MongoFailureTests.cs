using System.Collections.Concurrent;
using Flatnet.Server.Storage;
using Flatnet.Server.Storage.Mongo;
using MongoDB.Bson;
using static Flatnet.Server.Tests.Storage.Lines;

namespace Flatnet.Server.Tests.Storage.Mongo;

/// <summary>Connections break, and servers end, in the middle of what they do.</summary>
public sealed class MongoFailureTests : IAsyncLifetime
{
    /// <summary>Long enough to connect, and not to be waited for a hundred times.</summary>
    private static readonly TimeSpan ShortPatience = TimeSpan.FromSeconds(1.5);

    private readonly MongoStandIn _server = MongoStandIn.Start();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task Connections_that_are_cut_at_any_moment_neither_lose_nor_double_lines()
    {
        await using ILogStore store = _server.CreateStore();
        await store.OpenAsync(CancellationToken.None);
        var random = new Random(7);
        _server.OnCommand = command => !IsOfStore(command) ? Cut.None : random.Next(60) switch
        {
            0 => Cut.Before,
            1 => Cut.After,
            < 12 when !command.Contains("find") => Cut.Unsure,
            _ => Cut.None,
        };
        const int Lines = 30;
        for (int line = 0; line < Lines; line++)
        {
            // Without identities: only the store itself can tell whether a commit was made whose answer was lost.
            await store.AppendAsync([new("t", [Line($"line {line}")], Then), new("u", [Line($"line {line}")], Then)], CancellationToken.None);
        }

        _server.OnCommand = static _ => Cut.None;
        foreach (string task in (string[])["t", "u"])
        {
            Assert.Equal(Enumerable.Range(0, Lines).Select(static line => $"line {line}"), await store.ReadTextsAsync(new LogQuery { TaskId = task }));
        }

        await AssertNothingIsLeftAsync(_server);
    }

    [Fact]
    public async Task A_server_that_ends_at_any_point_of_a_commit_leaves_all_of_it_or_nothing()
    {
        int commands = await CountCommandsAsync();
        Assert.InRange(commands, 7, 40);
        var outcomes = new ConcurrentBag<bool>();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, commands + 1).SelectMany(static last => new[] { (last, Cut.Before), (last, Cut.After) }),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (end, _) => outcomes.Add(await EndAtAsync(end.last, end.Item2)));

        Assert.Equal([false, true], outcomes.Distinct().Order());
    }

    [Fact]
    public async Task What_was_made_just_before_the_database_went_away_is_shown_when_it_is_back()
    {
        await using ILogStore store = _server.CreateStore(ShortPatience);
        await store.OpenAsync(CancellationToken.None);
        bool isMade = false;
        _server.OnCommand = command =>
        {
            bool isAway = isMade && IsOfStore(command);
            isMade |= command.GetValue("update", "") == "commits";
            return isAway ? Cut.Before : Cut.None;
        };
        await store.AppendAsync("t", Line("a"));
        _server.OnCommand = static _ => Cut.None;
        await store.AppendAsync("other", Line("b"));

        Assert.Equal(["a"], await store.ReadTextsAsync(new LogQuery { TaskId = "t" }));
        Assert.Empty(_server.Documents["commits"]);
    }

    [Fact]
    public async Task A_server_that_is_away_for_too_long_is_named_without_its_password()
    {
        await using var database = new MongoDatabase(new MongoOptions
        {
            ConnectionString = "mongodb://u:hunter2@127.0.0.1:1/?connectTimeoutMS=50",
            Database = "logs",
            Patience = ShortPatience,
        });
        StoreException exception = await Assert.ThrowsAsync<StoreException>(() => database.OpenAsync(CancellationToken.None));

        Assert.Equal(
            "Cannot create the collections in MongoDB on 127.0.0.1:1/logs: no server that takes writes answered in time. Make sure that it runs and can be reached.",
            exception.Message);
        Assert.DoesNotContain("hunter2", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_left_alone()
    {
        _server.Documents.Change("format", static format => format.Add(new BsonDocument { { "_id", "format" }, { "version", 1000 } }));
        await using ILogStore store = _server.CreateStore();
        StoreException exception = await Assert.ThrowsAsync<StoreException>(() => store.OpenAsync(CancellationToken.None));

        Assert.Contains("format 1000", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_server.Documents["events"]);
    }

    [Theory]
    [InlineData("parts", "it is damaged, Part")]
    [InlineData("tasks", "a document in it is damaged")]
    public async Task What_is_damaged_is_told_and_not_waited_for(string collection, string reason)
    {
        await using ILogStore store = _server.CreateStore();
        await store.OpenAsync(CancellationToken.None);
        await store.AppendAsync("t", Line());
        _server.Documents.Change(collection, static documents =>
        {
            documents.RemoveAll(static document => document.Contains("content"));
            documents.ForEach(static document => document["now"]["tail"] = new BsonBinaryData([1, 2]));
        });
        StoreException exception = await Assert.ThrowsAsync<StoreException>(() => store.ReadAllAsync("t"));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleting_leaves_no_documents_behind()
    {
        await using ILogStore store = _server.CreateStore();
        await store.OpenAsync(CancellationToken.None);
        for (int first = 1; first <= 600; first += 2)
        {
            await store.AppendAsync("t", Line($"line {first}", stream: $"s{first}", sequence: 1));
        }

        await store.SaveTaskAsync("t", new TaskChange { At = Then, Script = "{}" }, CancellationToken.None);
        await store.DeleteTaskAsync("t", CancellationToken.None);

        Assert.Empty(_server.Documents["parts"]);
        Assert.Empty(_server.Documents["tasks"]);
        Assert.Empty(_server.Documents["commits"]);
    }

    private static bool IsOfStore(BsonDocument command) => command.GetElement(0).Name is "insert" or "update" or "delete" or "find";

    /// <summary>How many commands the commit of <see cref="EndAtAsync"/> takes.</summary>
    private async Task<int> CountCommandsAsync()
    {
        await using ILogStore store = _server.CreateStore();
        await store.OpenAsync(CancellationToken.None);
        int count = 0;
        _server.OnCommand = command =>
        {
            count += IsOfStore(command) ? 1 : 0;
            return Cut.None;
        };
        await AppendAsync(store, "old", "new");
        _server.OnCommand = static _ => Cut.None;
        return count;
    }

    /// <summary>Lets a server end with a command of a commit to two tasks, one of them new, and another go on.</summary>
    /// <returns>Whether the commit was made.</returns>
    private static async Task<bool> EndAtAsync(int last, Cut cut)
    {
        await using var server = MongoStandIn.Start();
        await using (ILogStore ending = server.CreateStore(ShortPatience))
        {
            await ending.OpenAsync(CancellationToken.None);
            await ending.AppendAsync("old", Line("first", stream: "s", sequence: 1));
            int count = -1;
            server.OnCommand = command => !IsOfStore(command) ? Cut.None : Interlocked.Increment(ref count).CompareTo(last) switch
            {
                < 0 => Cut.None,
                0 => cut,
                _ => Cut.Before,
            };
            try
            {
                await AppendAsync(ending, "old", "new");
            }
            catch (StoreException)
            {
            }
        }

        server.OnCommand = static _ => Cut.None;
        await using ILogStore next = server.CreateStore(ShortPatience);
        await next.OpenAsync(CancellationToken.None);
        AppendResult old = await next.AppendAsync("old", Line("second", stream: "s", sequence: 2));
        AppendResult made = await next.AppendAsync("new", Line("second", stream: "s", sequence: 2));

        Assert.Equal(old.Duplicates, made.Duplicates);
        Assert.Equal(["first", "second"], await next.ReadTextsAsync(new LogQuery { TaskId = "old" }));
        Assert.Equal(["second"], await next.ReadTextsAsync(new LogQuery { TaskId = "new" }));
        Assert.Equal((2, 1), ((await next.TaskAsync("old")).Statistics.Count, (await next.TaskAsync("new")).Statistics.Count));
        await AssertNothingIsLeftAsync(server);
        return old.Duplicates == 1;
    }

    private static async Task AppendAsync(ILogStore store, string one, string two)
    {
        Flatnet.Logs.LogEntry second = Line("second", stream: "s", sequence: 2);
        await store.AppendAsync([new(one, [second], Then), new(two, [second], Then)], CancellationToken.None);
    }

    /// <summary>Once everything that was begun is recovered, there are the tasks and their parts, and nothing else.</summary>
    private static async Task AssertNothingIsLeftAsync(MongoStandIn server)
    {
        using var connection = new MongoConnection(new MongoOptions { ConnectionString = server.ConnectionString });
        var reader = new TreeReader(connection);
        await new MongoCommits(connection, reader, new MongoListener(connection)).RecoverAsync(DateTime.UtcNow.AddDays(1), CancellationToken.None);
        List<TaskRoot> roots = server.Documents["tasks"].ConvertAll(TreeDocuments.Root);

        Assert.Empty(server.Documents["commits"]);
        Assert.All(roots, static root => Assert.Equal(0, root.Commit));
        Assert.Equal(
            roots.SelectMany(static root => root.Now!.Tail.Select(static block => block.Number).Concat(root.Now.Pages.Select(static page => page.Part))).Order(),
            server.Documents["parts"].Select(static part => part["_id"].AsInt64).Order());
    }
}
