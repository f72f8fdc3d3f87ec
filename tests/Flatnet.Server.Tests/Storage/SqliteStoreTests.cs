using Flatnet.Server.Storage;
using Flatnet.Server.Storage.Blocks;
using Flatnet.Server.Storage.Sqlite;
using Flatnet.Server.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using static Flatnet.Server.Tests.Storage.Lines;

namespace Flatnet.Server.Tests.Storage;

/// <summary>What only SQLite has: a file, with a mode, an end and a disk under it.</summary>
public sealed class SqliteStoreTests
{
    [Fact]
    public async Task The_files_are_their_owners_only()
    {
        await using TestStore test = await TestStore.CreateAsync();
        await test.Store.AppendAsync("t", Numbered(1, 10));

        Assert.All(["", "-wal"], suffix => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(test.Path + suffix)));
    }

    [Fact]
    public async Task A_link_is_refused()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("flatnet-link-");
        try
        {
            string path = Path.Combine(directory.FullName, "link.db");
            File.CreateSymbolicLink(path, Path.Combine(directory.FullName, "target"));
            await using ILogStore store = LogStores.Create(new StorageOptions { Path = path }, NullLoggerFactory.Instance);
            StoreException refusal = await Assert.ThrowsAsync<StoreException>(() => store.OpenAsync(CancellationToken.None));
            Assert.Contains("is a link to", refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        await using TestStore test = await TestStore.CreateAsync();
        await test.Store.DisposeAsync();
        await File.WriteAllTextAsync(test.Path, string.Concat(Enumerable.Repeat("no database ", 1000)));
        await using ILogStore store = test.CreateAnother();
        StoreException refusal = await Assert.ThrowsAsync<StoreException>(() => store.OpenAsync(CancellationToken.None));

        Assert.Contains("not an SQLite database", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_block_is_named_and_the_others_are_read()
    {
        await using TestStore test = await TestStore.CreateAsync();
        await test.Store.AppendAsync("t", Numbered(1, 3));
        await test.Store.AppendAsync("t", Numbered(4, 6));
        await test.Store.AppendAsync("t", Numbered(7, 9));
        Execute(test, "UPDATE blocks SET payload = substr(payload, 1, length(payload) - 1) WHERE first_seq = 4");
        StoreException failure = await Assert.ThrowsAsync<StoreException>(() => test.Store.ReadAllAsync("t"));

        Assert.Contains("lines 4 to 6 of task t", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["line 7", "line 8", "line 9"], await test.Store.ReadTextsAsync(new LogQuery { TaskId = "t", AfterSeq = 6 }));
        Assert.Equal((9, 10), await test.Store.DeleteLinesAsync("t", null, CancellationToken.None));
    }

    [Fact]
    public async Task A_database_without_room_stores_nothing_and_goes_on_when_there_is_room()
    {
        await using TestStore test = await TestStore.CreateAsync();
        using SqliteConnection connection = SqliteConnections.OpenWriter(test.Path, Durability.Os);
        using var writer = new SqliteWriter(connection);
        var changes = new BlockChanges();
        changes.NewBlocks.Add(new Block(new BlockHeader("t", 1, 1, 1, new StatisticsBuilder().Build() with { Earliest = 1, Latest = 1 }), new byte[400_000]));

        Execute(connection, "PRAGMA max_page_count = 40");
        writer.Begin();
        SqliteException failure = Assert.Throws<SqliteException>(() => writer.Commit(changes));
        writer.Rollback();
        Assert.True(SqliteErrors.Describe(failure, test.Path, "write to").IsFull);
        Assert.Equal(0L, Execute(connection, "SELECT count(*) FROM blocks"));

        Execute(connection, "PRAGMA max_page_count = 4000");
        writer.Begin();
        writer.Commit(changes);
        Assert.Equal(1L, Execute(connection, "SELECT count(*) FROM blocks"));
    }

    [Fact]
    public async Task Deleted_lines_give_their_room_back()
    {
        await using TestStore test = await TestStore.CreateAsync();
        byte[] noise = new byte[100_000];
        for (int number = 0; number < 20; number++)
        {
            new Random(number).NextBytes(noise);
            await test.Store.AppendAsync("t", Line(Convert.ToBase64String(noise)));
        }

        await test.ReopenAsync();
        long full = new FileInfo(test.Path).Length;
        await test.Store.DeleteLinesAsync("t", null, CancellationToken.None);
        await test.ReopenAsync();

        Assert.InRange(new FileInfo(test.Path).Length, 0, full / 4);
    }

    [Fact]
    public async Task Small_blocks_are_merged_and_lines_stay_as_they_are()
    {
        await using TestStore test = await TestStore.CreateAsync();
        for (int number = 1; number <= 200; number++)
        {
            await test.Store.AppendAsync("t", Line($"line {number}", at: number, stream: "s", sequence: number));
        }

        Assert.Equal(Enumerable.Range(1, 200).Select(static number => $"line {number}"), await test.Store.ReadTextsAsync(new LogQuery { TaskId = "t" }));
        await UntilBlocksAsync(test, 40);
        await test.Store.SaveTaskAsync("t", new TaskChange { At = Then, Status = Server.Storage.TaskStatus.Completed }, CancellationToken.None);
        await UntilBlocksAsync(test, 1);
        Assert.Equal(200, (await test.Store.ReadAllAsync("t")).Count);
        Assert.Equal((1, 201), (await test.Store.AppendAsync("t", Line("200", stream: "s", sequence: 200), Line("201", stream: "s", sequence: 201))) switch
        {
            var result => (result.Duplicates, result.LastSeq),
        });
    }

    private static async Task UntilBlocksAsync(TestStore test, int most)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (CountBlocks(test) > most)
        {
            await Task.Delay(10, limit.Token);
        }
    }

    private static long CountBlocks(TestStore test) => (long)Execute(test, "SELECT count(*) FROM blocks")!;

    private static object? Execute(TestStore test, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={test.Path};Pooling=false");
        connection.Open();
        return Execute(connection, sql);
    }

    private static object? Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
