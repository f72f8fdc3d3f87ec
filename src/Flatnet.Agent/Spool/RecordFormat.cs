using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Flatnet.Agent.Spool;

/// <summary>
/// One record of a segment, numbers little-endian: <c>u32 length of the payload; u32 CRC32C; u64 sequence; u8 kind; payload</c>.
/// The checksum is over the stream's ID and everything but itself, so a record of another stream is not taken for one of ours.
/// </summary>
internal static class RecordFormat
{
    public const int HeaderLength = 17;

    /// <summary>More than any line becomes; a longer one is damage. A message to the server has the same bound.</summary>
    public const int MaxPayload = 1 << 20;

    private const int ChecksumOffset = 4;
    private const int SequenceOffset = 8;
    private const int KindOffset = 16;

    /// <summary>The part of the checksum that is the same for all records of a stream.</summary>
    public static uint Seed(string streamId) => Update(uint.MaxValue, Encoding.UTF8.GetBytes(streamId));

    /// <summary>Writes the header of a payload that stands behind it already.</summary>
    public static void Seal(Span<byte> record, uint seed, RecordKind kind, long sequence)
    {
        BinaryPrimitives.WriteInt32LittleEndian(record, record.Length - HeaderLength);
        BinaryPrimitives.WriteInt64LittleEndian(record[SequenceOffset..], sequence);
        record[KindOffset] = (byte)kind;
        BinaryPrimitives.WriteUInt32LittleEndian(record[ChecksumOffset..], Checksum(seed, record));
    }

    /// <summary>Reads the record at the beginning of the bytes.</summary>
    /// <returns>The record's whole length; more than there are bytes when it is cut off; 0 when there is no valid record here.</returns>
    public static int Read(ReadOnlySpan<byte> bytes, uint seed, out RecordKind kind, out long sequence)
    {
        kind = 0;
        sequence = 0;
        if (bytes.Length < HeaderLength)
        {
            return HeaderLength;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        kind = (RecordKind)bytes[KindOffset];
        sequence = BinaryPrimitives.ReadInt64LittleEndian(bytes[SequenceOffset..]);
        if (length is < 0 or > MaxPayload || kind is not (RecordKind.Line or RecordKind.Outcome) || sequence < 0)
        {
            return 0;
        }

        int total = HeaderLength + length;
        return bytes.Length < total || Checksum(seed, bytes[..total]) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumOffset..]) ? total : 0;
    }

    private static uint Checksum(uint seed, ReadOnlySpan<byte> record)
    {
        uint checksum = BitOperations.Crc32C(seed, BinaryPrimitives.ReadUInt32LittleEndian(record));
        return Update(checksum, record[SequenceOffset..]);
    }

    private static uint Update(uint checksum, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
        {
            checksum = BitOperations.Crc32C(checksum, word);
        }

        foreach (byte rest in bytes[(words.Length * sizeof(ulong))..])
        {
            checksum = BitOperations.Crc32C(checksum, rest);
        }

        return checksum;
    }
}
