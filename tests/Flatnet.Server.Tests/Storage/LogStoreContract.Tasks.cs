using Flatnet.Server.Storage;
using static Flatnet.Server.Tests.Storage.Lines;
using TaskStatus = Flatnet.Server.Storage.TaskStatus;

namespace Flatnet.Server.Tests.Storage;

public abstract partial class LogStoreContract
{
    [Fact]
    public async Task A_change_of_a_task_leaves_what_it_does_not_name()
    {
        (TaskRecord made, bool isNew) = await Store.SaveTaskAsync(
            "t", new TaskChange { At = Then, Script = """{"a":1}""", Retention = TimeSpan.FromDays(3) }, CancellationToken.None);
        await Store.AppendAsync("t", Numbered(1, 3));
        (TaskRecord ended, bool isNewAgain) = await Store.SaveTaskAsync(
            "t", new TaskChange { At = Then + 100, Status = TaskStatus.Failed, ExitCode = 3 }, CancellationToken.None);
        await ReopenAsync();
        TaskRecord read = await Store.TaskAsync("t");

        Assert.True(isNew);
        Assert.Equal((TaskStatus.Pending, 0, 1), (made.Status, made.LastSeq, made.FirstSeq));
        Assert.False(isNewAgain);
        Assert.Equal((TaskStatus.Failed, 3, Then + 100, Then), (ended.Status, ended.ExitCode, ended.EndedAt, ended.CreatedAt));
        Assert.Equal((TaskStatus.Failed, 3, Then + 100), (read.Status, read.ExitCode, read.EndedAt));
        Assert.Equal(("""{"a":1}""", TimeSpan.FromDays(3)), (read.Script, read.Retention));
        Assert.Equal((read.Script, read.Retention), (ended.Script, ended.Retention));
        Assert.Equal(3, read.Statistics.Count);
    }

    [Fact]
    public async Task A_task_that_goes_on_has_not_ended()
    {
        await Store.SaveTaskAsync("t", new TaskChange { At = Then, Status = TaskStatus.Completed }, CancellationToken.None);
        await Store.SaveTaskAsync("t", new TaskChange { At = Then + 5, Retention = TimeSpan.FromDays(1) }, CancellationToken.None);
        Assert.Equal(Then, (await Store.TaskAsync("t")).EndedAt);

        await Store.SaveTaskAsync("t", new TaskChange { At = Then + 9, Status = TaskStatus.Processing }, CancellationToken.None);
        Assert.Null((await Store.TaskAsync("t")).EndedAt);
    }

    [Fact]
    public async Task The_list_of_tasks_has_the_last_written_first_and_is_paged_without_loss()
    {
        await Store.AppendAsync(
            [.. Enumerable.Range(1, 7).Select(static number => new TaskAppend($"t{number}", Numbered(1, 1), Then))], CancellationToken.None);
        await Store.SaveTaskAsync("t3", new TaskChange { At = Then }, CancellationToken.None);
        await Store.AppendAsync("t1", Line());

        var ids = new List<string>();
        for (long? before = null; ;)
        {
            IReadOnlyList<TaskRecord> page = await Store.ListTasksAsync(before, 2, CancellationToken.None);
            if (page.Count == 0)
            {
                break;
            }

            ids.AddRange(page.Select(static task => task.Id));
            before = page[^1].UpdatedAt;
        }

        Assert.Equal(["t1", "t3", "t7", "t6", "t5", "t4", "t2"], ids);
    }

    [Fact]
    public async Task The_store_has_a_size()
    {
        await Store.AppendAsync("t", Numbered(1, 100));

        Assert.True(await Store.GetSizeAsync(CancellationToken.None) > 500);
    }
}
