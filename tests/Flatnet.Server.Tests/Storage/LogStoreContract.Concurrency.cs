using Flatnet.Logs;
using Flatnet.Server.Storage;
using static Flatnet.Server.Tests.Storage.Lines;

namespace Flatnet.Server.Tests.Storage;

public abstract partial class LogStoreContract
{
    [Fact]
    public async Task Many_writers_and_readers_see_one_order_without_gaps()
    {
        const int Writers = 4;
        const int Appends = 40;
        Task[] writers = [.. Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (int number = 1; number <= Appends; number++)
            {
                await Store.AppendAsync("t", Line($"{number}", stream: $"s{writer}", sequence: number));
            }
        }))];
        Task writing = Task.WhenAll(writers);
        int looks = 0;
        do
        {
            List<LogEntry> seen = await Store.ReadAllAsync("t");
            Assert.Equal(Enumerable.Range(1, seen.Count).Select(static seq => (long)seq), seen.Select(static line => line.Seq));
            looks++;
        }
        while (!writing.IsCompleted);
        await writing;
        List<LogEntry> all = await Store.ReadAllAsync("t");

        Assert.Equal(Writers * Appends, all.Count);
        Assert.All(all.GroupBy(static line => line.StreamId), static stream =>
            Assert.Equal(Enumerable.Range(1, Appends).Select(static number => (long)number), stream.Select(static line => line.Sequence)));
        AssertStatistics(all, await Store.TaskAsync("t"));
    }

    [Fact]
    public async Task Two_servers_on_one_database_agree_on_numbers_and_duplicates()
    {
        await using ILogStore other = await OpenAsync();
        ILogStore[] stores = [Store, other];
        int duplicates = 0;
        await Task.WhenAll(stores.Select(store => Task.Run(async () =>
        {
            for (int number = 1; number <= 60; number++)
            {
                AppendResult result = await store.AppendAsync("t", Line($"{number}", stream: "s", sequence: number));
                Interlocked.Add(ref duplicates, result.Duplicates);
            }
        })));
        List<LogEntry> all = await other.ReadAllAsync("t");

        Assert.Equal(60, duplicates);
        Assert.Equal(Enumerable.Range(1, 60).Select(static number => ((long)number, (long)number)), all.Select(static line => (line.Seq, line.Sequence)));
        AssertStatistics(all, await Store.TaskAsync("t"));
    }

    [Fact]
    public async Task A_task_that_another_server_deleted_begins_anew()
    {
        await using ILogStore other = await OpenAsync();
        await Store.AppendAsync("t", Line("1", stream: "s", sequence: 1));
        await other.DeleteTaskAsync("t", CancellationToken.None);
        await other.AppendAsync("t", Line("2", stream: "s", sequence: 2));
        AppendResult result = await Store.AppendAsync("t", Line("1", stream: "s", sequence: 1), Line("2", stream: "s", sequence: 2));

        Assert.Equal((1, 2), (result.Duplicates, result.LastSeq));
        Assert.Equal(["2", "1"], await Store.ReadTextsAsync(new LogQuery { TaskId = "t" }));
    }

    [Fact]
    public async Task What_is_cancelled_beforehand_is_not_done()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.AppendAsync([new TaskAppend("t", Numbered(1, 1), Then)], new CancellationToken(canceled: true)));

        Assert.Null(await Store.FindTaskAsync("t", CancellationToken.None));
    }

    [Fact]
    public async Task Reading_ends_when_it_is_cancelled()
    {
        for (int number = 0; number < 20; number++)
        {
            await Store.AppendAsync("t", Line());
        }

        using var end = new CancellationTokenSource();
        int taken = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (LogEntry line in Store.ReadAsync(new LogQuery { TaskId = "t" }, end.Token))
            {
                taken++;
                await end.CancelAsync();
            }
        });

        Assert.InRange(taken, 1, 19);
    }
}
