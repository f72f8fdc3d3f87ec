using System.Text;

namespace Flatnet.Server.Storage.Blocks;

/// <summary>Reads what <see cref="ColumnWriter"/> wrote, and trusts none of it.</summary>
internal ref struct ColumnReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte Byte()
    {
        if (_rest.IsEmpty)
        {
            throw new BlockFormatException("it ends too early");
        }

        byte value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public ulong Unsigned()
    {
        ulong value = 0;
        for (int index = 0; index < _rest.Length && index < 10; index++)
        {
            byte next = _rest[index];
            value |= (ulong)(next & 0x7f) << (7 * index);
            if (next < 0x80)
            {
                _rest = _rest[(index + 1)..];
                return value;
            }
        }

        throw new BlockFormatException("a number in it has no end");
    }

    public long Signed()
    {
        ulong value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A count or length, at most a limit.</summary>
    public int Size(int limit)
    {
        ulong value = Unsigned();
        return value <= (ulong)limit ? (int)value : throw new BlockFormatException($"a size in it is {value} where at most {limit} is possible");
    }

    public ReadOnlySpan<byte> Bytes(int length)
    {
        if (length > _rest.Length)
        {
            throw new BlockFormatException("it ends too early");
        }

        ReadOnlySpan<byte> value = _rest[..length];
        _rest = _rest[length..];
        return value;
    }

    /// <summary>Text with its length before it.</summary>
    public string Text() => Encoding.UTF8.GetString(Bytes(Size(_rest.Length)));
}
