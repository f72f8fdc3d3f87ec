using Flatnet.Server.Storage.Blocks;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Server.Tests.Storage;

public sealed class StreamLedgerTests
{
    [Fact]
    public void A_sequence_is_new_once_in_whatever_order() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(200),
        Prop.ForAll(Gen.Choose(1, 60).ArrayOf().ToArbitrary(), static sequences =>
        {
            var seen = new HashSet<long>();
            var ledger = new StreamLedger(null);
            foreach (int sequence in sequences)
            {
                Assert.Equal(seen.Add(sequence), ledger.TryAdd(sequence));
                ledger = new StreamLedger(new StreamState("t", "s", ledger.LastSequence, RowCodec.ReadHoles(RowCodec.WriteHoles(ledger.Holes))));
            }

            Assert.Equal(seen.Count > 0 ? seen.Max() : 0, ledger.LastSequence);
        }));

    [Fact]
    public void Too_many_holes_give_up_the_lowest()
    {
        var ledger = new StreamLedger(null);
        for (int sequence = 2; sequence <= 2 * (StreamLedger.MostHoles + 1); sequence += 2)
        {
            Assert.True(ledger.TryAdd(sequence));
        }

        Assert.Equal(StreamLedger.MostHoles, ledger.Holes.Length);
        Assert.False(ledger.TryAdd(1));
        Assert.True(ledger.TryAdd(3));
    }
}
