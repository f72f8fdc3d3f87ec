using System.Buffers.Binary;
using System.Text;

namespace Flatnet.Server.Storage.Blocks;

/// <summary>Bytes that grow: numbers of variable length (7 bits a byte, low bits first), text and raw bytes.</summary>
internal sealed class ColumnWriter
{
    private const int LongestNumber = 10;
    private byte[] _bytes = new byte[256];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Byte(byte value)
    {
        Room(1)[0] = value;
        Length++;
    }

    public void UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Room(sizeof(uint)), value);
        Length += sizeof(uint);
    }

    public void Unsigned(ulong value)
    {
        Span<byte> room = Room(LongestNumber);
        int length = 0;
        while (value >= 0x80)
        {
            room[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        room[length++] = (byte)value;
        Length += length;
    }

    /// <summary>A number that may be negative: small ones of either sign are short.</summary>
    public void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    public void Bytes(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Room(value.Length));
        Length += value.Length;
    }

    /// <summary>Text in UTF-8; half surrogate pairs become U+FFFD.</summary>
    /// <returns>Its length in bytes.</returns>
    public int Text(string value)
    {
        int written = Encoding.UTF8.GetBytes(value, Room(Encoding.UTF8.GetMaxByteCount(value.Length)));
        Length += written;
        return written;
    }

    /// <summary>Free space of at least a length, behind what is written; whoever fills it moves <see cref="Length"/> with <see cref="Skip"/>.</summary>
    public Span<byte> Room(int length)
    {
        if (_bytes.Length - Length < length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, checked(Length + length)));
        }

        return _bytes.AsSpan(Length);
    }

    public void Skip(int length) => Length += length;
}
