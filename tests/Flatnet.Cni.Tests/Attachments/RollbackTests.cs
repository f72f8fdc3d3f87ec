using Flatnet.Cni.Attachments;

namespace Flatnet.Cni.Tests.Attachments;

public sealed class RollbackTests
{
    [Fact]
    public void Undoes_in_reverse_and_goes_on_past_failures()
    {
        var report = new CallReport();
        var rollback = new Rollback(report);
        var done = new List<string>();
        rollback.Add("first", () => done.Add("first"));
        rollback.Add("second", () => throw new InvalidOperationException("stuck"));
        rollback.Add("third", () => done.Add("third"));

        rollback.Undo();

        Assert.Equal(["third", "first"], done);
        Assert.Equal(["undo of second failed: stuck"], report.Warnings);
    }
}
