using Flatnet.Logs;
using Flatnet.Server.Storage;
using Flatnet.Server.Storage.Blocks;
using FsCheck;
using FsCheck.Fluent;
using LogLevel = Flatnet.Logs.LogLevel;

namespace Flatnet.Server.Tests.Storage;

/// <summary>Whatever lines are packed, the same come out; whatever bytes are opened, nothing worse than a refusal happens.</summary>
public sealed class BlockCodecProperties
{
    private static readonly Gen<string> Texts = Gen.Frequency(
        (4, Gen.Elements("", "a", "GET /index.html 200", "長い行", "\U0001f600", "\0\t\r", new string('x', 3000))),
        (1, Gen.Choose(0, 40).SelectMany(static length => Gen.Choose(0x20, 0xd7ff).ArrayOf(length)).Select(static codes =>
            string.Concat(codes.Select(static code => (char)code)))));

    private static readonly Gen<long> Numbers = Gen.Frequency(
        (3, Gen.Choose(0, 1000).Select(static number => (long)number)),
        (1, Gen.Elements(long.MaxValue, long.MaxValue - 1, 1L << 40)));

    private static readonly Gen<LogEntry> Entries =
        from text in Texts
        from timestamp in Gen.OneOf(Numbers, Numbers.Select(static number => -number))
        from source in Gen.Elements(Enum.GetValues<LogSource>())
        from level in Gen.Elements(Enum.GetValues<LogLevel>())
        from lineNumber in Gen.OneOf(Gen.Constant<long?>(null), Numbers.Select(static number => (long?)number))
        from metadata in Gen.Elements(null, "{}", """{"pid":7}""")
        from stream in Gen.Elements(null, "s1", "s2")
        from sequence in Numbers
        from partial in Gen.Elements(true, false)
        from replaces in Gen.Elements(0, 5, long.MaxValue)
        from cut in Gen.Elements(0, 9000, int.MaxValue)
        select new LogEntry
        {
            Timestamp = timestamp,
            Source = source,
            Level = level,
            Message = text,
            LineNumber = lineNumber,
            Metadata = metadata,
            StreamId = stream,
            Sequence = sequence,
            IsPartial = partial,
            Replaces = replaces,
            OriginalLength = cut,
        };

    private static readonly Gen<LogEntry[]> Blocks =
        from entries in Entries.NonEmptyListOf()
        from gaps in Gen.Choose(1, 3).ArrayOf(entries.Count)
        select Number(entries, gaps);

    [Fact]
    public void What_is_packed_comes_out_again() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(200),
        Prop.ForAll(Blocks.ToArbitrary(), static entries =>
        {
            Block block = Pack(entries);
            using BlockContent content = block.Header.Open(block.Payload);
            Assert.Equal(entries, Enumerable.Range(0, content.Count).Select(content.Entry));
            Assert.Equal((entries[0].Seq, entries[^1].Seq, entries.Length), (block.Header.FirstSeq, block.Header.LastSeq, block.Header.Statistics.Count));
        }));

    [Fact]
    public void Lines_taken_over_from_a_block_are_the_same() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(100),
        Prop.ForAll(Blocks.ToArbitrary(), static entries =>
        {
            Block block = Pack(entries);
            using BlockContent content = block.Header.Open(block.Payload);
            var builder = new BlockBuilder();
            for (int index = 0; index < content.Count; index++)
            {
                builder.Add(content, index);
            }

            Assert.Equal(block.Payload, builder.Build("t").Payload);
        }));

    [Fact]
    public void A_block_whose_bytes_changed_is_refused() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(
            (from entries in Blocks from place in Gen.Choose(0, int.MaxValue) from bit in Gen.Choose(0, 7) from cut in Gen.Elements(true, false) select (entries, place, bit, cut)).ToArbitrary(),
            static test =>
            {
                byte[] payload = Pack(test.entries).Payload;
                int place = test.place % payload.Length;
                payload[place] ^= (byte)(1 << test.bit);
                Assert.Throws<BlockFormatException>(() => BlockContent.Open(test.cut ? payload.AsSpan(0, place) : payload));
            }));

    /// <summary>The checksum keeps accidents out; here it is right, and what it covers is not.</summary>
    [Fact]
    public void A_block_of_nonsense_with_a_right_checksum_is_refused_or_read_but_never_crashes() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(
            (from entries in Blocks from changes in (from place in Gen.Choose(4, int.MaxValue) from value in Gen.Choose(0, 255) select (place, value)).NonEmptyListOf() select (entries, changes)).ToArbitrary(),
            static test =>
            {
                byte[] payload = Pack(test.entries).Payload;
                foreach ((int place, int value) in test.changes)
                {
                    payload[sizeof(uint) + place % (payload.Length - sizeof(uint))] = (byte)value;
                }

                BitConverter.TryWriteBytes(payload, Crc32C.Compute(payload.AsSpan(sizeof(uint))));
                var header = new BlockHeader("t", 1, 1, 0, Pack(test.entries).Header.Statistics);
                Exception? refusal = Record.Exception(() =>
                {
                    using BlockContent content = header.Open(payload);
                    Assert.All(Enumerable.Range(0, content.Count), index => Assert.NotNull(content.Entry(index).Message));
                });
                Assert.True(refusal is null or StoreException, $"{refusal}");
            }));

    private static Block Pack(LogEntry[] entries)
    {
        var builder = new BlockBuilder();
        foreach (LogEntry entry in entries)
        {
            builder.Add(entry);
        }

        return builder.Build("t");
    }

    private static LogEntry[] Number(IList<LogEntry> entries, int[] gaps)
    {
        long seq = 0;
        return [.. entries.Zip(gaps, (entry, gap) => entry with { Seq = seq += gap })];
    }
}
