using Flatnet.Agent.Pipeline;
using Flatnet.Agent.Spool;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Agent.Tests.Spool;

/// <summary>Whatever happens to the files: no exception, no line that was never written, and every line before the damage.</summary>
public sealed class SpoolDamageProperties
{
    private const int Lines = 60;

    private static readonly Gen<Damage> Damages =
        from kind in Gen.Choose(0, 3)
        from place in Gen.Choose(0, 9999)
        from value in Gen.Choose(0, 255)
        from length in Gen.Choose(1, 40)
        select new Damage(kind, place, (byte)value, length);

    [Fact]
    public void Damaged_files_give_what_was_written_and_nothing_else() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(150),
        Prop.ForAll(Damages.NonEmptyListOf().ToArbitrary(), damages => RunAsync(damages).GetAwaiter().GetResult()));

    [Fact]
    public async Task One_flipped_byte_costs_one_line()
    {
        using var spool = new TemporarySpool();
        Write(spool);
        byte[] bytes = File.ReadAllBytes(spool.Segments[0]);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(spool.Segments[0], bytes);
        using SpoolStream stream = Assert.Single(spool.Directory.OpenLeftovers());
        Assert.Equal(Lines - 1, (await TemporarySpool.ReadAll(stream)).Count);
        Assert.Equal(1, stream.Damages);
        Assert.Equal(new TaskOutcome(0), stream.Outcome);
    }

    [Fact]
    public async Task The_records_of_another_stream_are_not_ours()
    {
        using var spool = new TemporarySpool();
        Write(spool);
        byte[] bytes = File.ReadAllBytes(spool.Segments[0]);
        using SpoolStream other = spool.Directory.Create("task");
        TemporarySpool.Append(other, 1, 1);
        string segment = Directory.GetFiles(Path.Combine(spool.Path, "task", other.StreamId), "*.seg").Single();
        byte[] ours = File.ReadAllBytes(segment);
        other.Dispose();
        File.WriteAllBytes(segment, [.. ours, .. bytes]);

        IReadOnlyList<SpoolStream> left = spool.Directory.OpenLeftovers();
        Assert.Equal((1, 1L), ((await TemporarySpool.ReadAll(left.Single(stream => stream.StreamId == other.StreamId))).Count, left.Single(stream => stream.StreamId == other.StreamId).Damages));
        foreach (SpoolStream stream in left)
        {
            stream.Dispose();
        }
    }

    private static async Task RunAsync(IEnumerable<Damage> damages)
    {
        using var spool = new TemporarySpool(maxBytes: 8 * 4096);
        Write(spool);
        string file = spool.Segments[0];
        byte[] bytes = File.ReadAllBytes(file);
        int first = bytes.Length;
        foreach (Damage damage in damages)
        {
            (bytes, int place) = damage.Apply(bytes);
            first = Math.Min(first, place);
        }

        File.WriteAllBytes(file, bytes);
        using SpoolStream stream = Assert.Single(spool.Directory.OpenLeftovers());
        List<(long Sequence, string Text)> read = await TemporarySpool.ReadAll(stream);

        Assert.All(read, line => Assert.Equal($$"""{"n":{{line.Sequence}}}""", line.Text));
        Assert.Equal(read.Select(line => line.Sequence).Distinct().Order(), read.Select(line => line.Sequence));
        int whole = 0;
        for (int length = 0; whole < Lines && (length += RecordFormat.HeaderLength + TemporarySpool.Line(whole + 1).Length) <= first;)
        {
            whole++;
        }

        Assert.Equal(Enumerable.Range(1, whole).Select(n => (long)n), read.Take(whole).Select(line => line.Sequence));
    }

    private static void Write(TemporarySpool spool)
    {
        using SpoolStream stream = spool.Directory.Create("task");
        TemporarySpool.Append(stream, 1, Lines);
        stream.Writer!.Complete(new TaskOutcome(0));
    }

    private sealed record Damage(int Kind, int Place, byte Value, int Length)
    {
        public (byte[] Bytes, int Place) Apply(byte[] bytes)
        {
            int place = bytes.Length == 0 ? 0 : Place % bytes.Length;
            int end = Math.Min(bytes.Length, place + Length);
            return Kind switch
            {
                0 => (bytes[..place], place),
                1 => ([.. bytes[..place], .. bytes[end..]], place),
                2 => ([.. bytes[..place], .. Enumerable.Repeat(Value, Length), .. bytes[place..]], place),
                _ => ([.. bytes[..place], .. bytes[place..end].Select(b => (byte)(b ^ Value)), .. bytes[end..]], place),
            };
        }
    }
}
