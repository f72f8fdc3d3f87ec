using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Ipam.Tests;

public sealed class AddressWindowTests
{
    [Fact]
    public void Finds_what_counting_through_the_set_finds() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll<byte, byte[], byte[]>((start, taken, avoided) =>
        {
            RangeSet set = Configurations.Ipam(
                """
                "ranges":[[{"subnet":"10.1.0.0/24","rangeStart":"10.1.0.10","rangeEnd":"10.1.0.29"},
                           {"subnet":"10.2.0.0/24","rangeStart":"10.2.0.200","rangeEnd":"10.2.0.210"}]]
                """).RangeSets[0];
            int size = (int)set.Size;
            int first = start % size;
            List<IpValue> takenAddresses = [.. taken.Select(b => set.AddressAt((UInt128)(b % size)))];
            List<IpValue> avoidedAddresses = [.. avoided.Select(b => set.AddressAt((UInt128)(b % size)))];

            var window = new AddressWindow(set, (UInt128)first, taken.Length + avoided.Length);
            takenAddresses.ForEach(window.Take);
            avoidedAddresses.ForEach(window.Avoid);

            List<IpValue> inOrder = [.. Enumerable.Range(0, size).Select(i => set.AddressAt((UInt128)((first + i) % size)))];
            IpValue? expected = inOrder.Select(a => (IpValue?)a)
                .FirstOrDefault(a => !takenAddresses.Contains(a!.Value) && !avoidedAddresses.Contains(a.Value))
                ?? inOrder.Select(a => (IpValue?)a).FirstOrDefault(a => !takenAddresses.Contains(a!.Value));
            return window.FirstFree() == expected;
        }));

    [Fact]
    public void Positions_and_addresses_are_inverse()
    {
        RangeSet set = Configurations.Ipam(
            """
            "ranges":[[{"subnet":"fd00:1::/64"},{"subnet":"fd00:2::/120","rangeStart":"fd00:2::8"}]]
            """).RangeSets[0];
        foreach (UInt128 position in new UInt128[] { 0, set.Size - 1, ulong.MaxValue, ulong.MaxValue - 1UL })
        {
            Assert.True(set.TryPosition(set.AddressAt(position), out UInt128 back));
            Assert.Equal(position, back);
        }
    }
}
