using Flatnet.Podman.Logs;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Podman.Tests.Logs.Files;

/// <summary>Whatever happens to the file while it is followed: each line comes once.</summary>
public sealed class FollowProperties
{
    private static readonly ScanSizes Small = new() { Block = 97, Lookback = 200, FirstStep = 64, LongestStep = 512 };

    private enum Deed
    {
        Write,
        WriteHalf,
        Replace,
        MoveAway,
        Empty,
    }

    [Fact]
    public void Each_numbered_line_comes_once()
    {
        Gen<Deed> deed = Gen.Frequency(
            (6, Gen.Constant(Deed.Write)),
            (2, Gen.Constant(Deed.WriteHalf)),
            (1, Gen.Elements(Deed.Replace, Deed.MoveAway, Deed.Empty)));
        Prop.ForAll(deed.ListOf().ToArbitrary(), deeds => RunAsync([.. deeds]).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    private static async Task<bool> RunAsync(Deed[] deeds)
    {
        using TempFile file = new();
        FakeLife life = new();
        await using Following following = new(new K8sFileLog(file.Path, false, life.WaitForEndAsync, Small), new LogQuery { Follow = true });
        int written = 0;
        List<string> read = [];
        foreach (Deed deed in deeds)
        {
            if (deed == Deed.Write)
            {
                file.Write(LogLines.Record(written, $"{written++}"));
            }
            else if (deed == Deed.WriteHalf)
            {
                string record = LogLines.Record(written, $"{written++}");
                file.Write(record[..(written % record.Length)]);
                file.Write(record[(written % record.Length)..]);
            }
            else if (File.Exists(file.Path))
            {
                // What nobody has read of a file is lost when it is emptied, and of a file that nobody has seen when it is replaced.
                read.AddRange(await following.NextAsync(written - read.Count));
                Spoil(file, deed);
            }
        }

        life.End();
        read.AddRange(await following.RestAsync());
        Assert.Equal(Enumerable.Range(0, written).Select(number => $"{number}"), read);
        return true;
    }

    private static void Spoil(TempFile file, Deed deed)
    {
        switch (deed)
        {
            case Deed.Replace:
                file.Replace();
                break;
            case Deed.MoveAway:
                file.MoveAway();
                break;
            default:
                file.Empty();
                break;
        }
    }
}
