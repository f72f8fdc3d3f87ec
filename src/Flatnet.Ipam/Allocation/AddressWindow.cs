using System.Numerics;

namespace Flatnet.Ipam;

/// <summary>The next addresses of a set, seen from its cursor, one bit each. Of n + 1 addresses in a row n marks leave one
/// free, so a window one longer than the number of marks is enough, however large the range.</summary>
internal sealed class AddressWindow
{
    private readonly RangeSet _set;
    private readonly UInt128 _start;
    private readonly int _length;
    private readonly ulong[] _taken;
    private readonly ulong[] _avoided;

    /// <param name="set">The addresses.</param>
    /// <param name="start">Position of the first address to consider.</param>
    /// <param name="marks">How many marks there will be at most.</param>
    internal AddressWindow(RangeSet set, UInt128 start, int marks)
    {
        _set = set;
        _start = start;
        _length = (int)UInt128.Min(set.Size, (UInt128)(marks + 1));
        _taken = new ulong[(_length + 63) / 64];
        _avoided = new ulong[_taken.Length];
    }

    /// <summary>Marks an address that must not be found.</summary>
    internal void Take(IpValue address) => Mark(_taken, address);

    /// <summary>Marks an address to be found only when there is no other.</summary>
    internal void Avoid(IpValue address) => Mark(_avoided, address);

    /// <summary>The first address without any mark, else the first that is only to be avoided.</summary>
    internal IpValue? FirstFree() => FirstFree(_avoided) ?? FirstFree(null);

    private IpValue? FirstFree(ulong[]? avoided)
    {
        for (int i = 0; i < _taken.Length; i++)
        {
            ulong marks = _taken[i] | (avoided is null ? 0 : avoided[i]);
            int offset = (i * 64) + BitOperations.TrailingZeroCount(~marks);
            if (marks != ulong.MaxValue && offset < _length)
            {
                UInt128 beforeEnd = _set.Size - _start;
                UInt128 distance = (UInt128)offset;
                return _set.AddressAt(distance < beforeEnd ? _start + distance : distance - beforeEnd);
            }
        }

        return null;
    }

    private void Mark(ulong[] bits, IpValue address)
    {
        if (!_set.TryPosition(address, out UInt128 position))
        {
            return;
        }

        UInt128 distance = position >= _start ? position - _start : _set.Size - _start + position;
        if (distance < (UInt128)_length)
        {
            int offset = (int)distance;
            bits[offset / 64] |= 1UL << (offset % 64);
        }
    }
}
