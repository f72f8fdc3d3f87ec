using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Flatnet.Interop;
using static Flatnet.Interop.NetlinkConstants;

namespace Flatnet.Netlink.Transport;

/// <summary>Walks attributes: <c>struct nlattr</c>, value, padding to four bytes. Callers pick the types they know and
/// pass over the rest. Every typed getter checks the value's size.</summary>
internal ref struct AttributeReader(ReadOnlySpan<byte> attributes)
{
    private ReadOnlySpan<byte> _rest = attributes;

    /// <summary>Type without the flag bits.</summary>
    internal ushort Type { get; private set; }

    /// <summary>The value, without padding.</summary>
    internal ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>The attributes behind a message's fixed part.</summary>
    /// <exception cref="MalformedMessageException">The body is shorter than the fixed part.</exception>
    internal static AttributeReader After<T>(ReadOnlySpan<byte> body, out T head)
        where T : unmanaged
    {
        if (!MemoryMarshal.TryRead(body, out head))
        {
            throw new MalformedMessageException("a message is shorter than its fixed part");
        }

        return new AttributeReader(body[Math.Min(Alignment.Align(Unsafe.SizeOf<T>()), body.Length)..]);
    }

    /// <summary>Goes to the next attribute; false at the end.</summary>
    /// <exception cref="MalformedMessageException">A length reaches beyond the end, or is too small.</exception>
    internal bool MoveNext()
    {
        // Fewer bytes than a head are padding, as the kernel's own nla_ok() has it.
        if (!MemoryMarshal.TryRead(_rest, out nlattr header))
        {
            return false;
        }

        int headerSize = Unsafe.SizeOf<nlattr>();
        int length = header.nla_len;
        if (length < headerSize || length > _rest.Length)
        {
            throw new MalformedMessageException("an attribute's length does not fit its message");
        }

        Type = (ushort)(header.nla_type & ~(NLA_F_NESTED | NLA_F_NET_BYTEORDER));
        Value = _rest[headerSize..length];
        _rest = _rest[Math.Min(Alignment.Align(length), _rest.Length)..];
        return true;
    }

    internal readonly AttributeReader Nested() => new(Value);

    internal readonly byte Byte() => Sized(1)[0];

    internal readonly ushort UInt16() => MemoryMarshal.Read<ushort>(Sized(2));

    internal readonly uint UInt32() => MemoryMarshal.Read<uint>(Sized(4));

    internal readonly int Int32() => MemoryMarshal.Read<int>(Sized(4));

    internal readonly uint UInt32BigEndian() => BinaryPrimitives.ReadUInt32BigEndian(Sized(4));

    internal readonly int Int32BigEndian() => BinaryPrimitives.ReadInt32BigEndian(Sized(4));

    internal readonly ulong UInt64BigEndian() => BinaryPrimitives.ReadUInt64BigEndian(Sized(8));

    /// <summary>Text up to the first NUL or the end. Bytes that are not UTF-8 become U+FFFD.</summary>
    internal readonly string Text()
    {
        int end = Value.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? Value : Value[..end]);
    }

    private readonly ReadOnlySpan<byte> Sized(int size) => Value.Length == size
        ? Value
        : throw new MalformedMessageException("an attribute's value has an unexpected size");
}
