using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Flatnet.Interop;

namespace Flatnet.Netlink.Transport;

/// <summary>Writes messages one behind the other into one growing buffer: the counterpart of <see cref="MessageReader"/>
/// and <see cref="AttributeReader"/>.</summary>
internal sealed class MessageWriter
{
    /// <summary>An attribute's length is 16 bits wide and counts its head.</summary>
    internal const int MaximumValue = ushort.MaxValue - 4;

    private byte[] _buffer;
    private int _length;
    private int _message = -1;

    internal MessageWriter(int capacity = 1024) => _buffer = new byte[capacity];

    /// <summary>Everything written so far.</summary>
    internal ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>Begins a message; the sequence number and port are filled in when it is sent.</summary>
    internal void Begin<T>(ushort type, ushort flags, in T head)
        where T : unmanaged
    {
        Debug.Assert(_message < 0, "the message before was not ended");
        _message = _length;
        Append(new nlmsghdr { nlmsg_type = type, nlmsg_flags = flags });
        Append(head);
        Pad();
    }

    /// <summary>Ends the message begun last by filling in its length. Returns where it starts.</summary>
    internal int End()
    {
        int start = _message;
        MemoryMarshal.Write(_buffer.AsSpan(start), (uint)(_length - start));
        _message = -1;
        return start;
    }

    /// <summary>Puts the sequence number into the message that starts at <paramref name="start"/>.</summary>
    internal void SetSequence(int start, uint sequence) => MemoryMarshal.Write(_buffer.AsSpan(start + 8), sequence);

    internal void Put(ushort type, ReadOnlySpan<byte> value)
    {
        if (value.Length > MaximumValue)
        {
            throw new ArgumentException("the value is too long for a netlink attribute", nameof(value));
        }

        Append(new nlattr { nla_len = (ushort)(Unsafe.SizeOf<nlattr>() + value.Length), nla_type = type });
        value.CopyTo(Reserve(value.Length));
        Pad();
    }

    internal void PutEmpty(ushort type) => Put(type, default);

    internal void PutByte(ushort type, byte value) => Put(type, new ReadOnlySpan<byte>(in value));

    internal void PutStruct<T>(ushort type, T value)
        where T : unmanaged => Put(type, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    internal void PutUInt16(ushort type, ushort value) => PutStruct(type, value);

    internal void PutUInt32(ushort type, uint value) => PutStruct(type, value);

    internal void PutUInt32BigEndian(ushort type, uint value) =>
        PutStruct(type, BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value);

    internal void PutUInt64BigEndian(ushort type, ulong value) =>
        PutStruct(type, BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value);

    /// <summary>Text with the NUL the kernel expects behind it.</summary>
    internal void PutText(ushort type, string text)
    {
        int size = Encoding.UTF8.GetByteCount(text) + 1;
        if (size > MaximumValue)
        {
            throw new ArgumentException("the text is too long for a netlink attribute", nameof(text));
        }

        Append(new nlattr { nla_len = (ushort)(Unsafe.SizeOf<nlattr>() + size), nla_type = type });
        Span<byte> value = Reserve(size);
        Encoding.UTF8.GetBytes(text, value);
        value[^1] = 0;
        Pad();
    }

    /// <summary>Begins an attribute made of attributes, or of a structure and attributes; returns the mark for <see cref="EndNested"/>.</summary>
    internal int BeginNested(ushort type)
    {
        int mark = _length;
        Append(new nlattr { nla_type = type });
        return mark;
    }

    /// <summary>A structure inside an attribute, before its nested attributes.</summary>
    internal void Append<T>(in T value)
        where T : unmanaged => MemoryMarshal.Write(Reserve(Unsafe.SizeOf<T>()), in value);

    /// <summary>Bytes that are attributes already.</summary>
    internal void AppendBytes(ReadOnlySpan<byte> attributes)
    {
        attributes.CopyTo(Reserve(attributes.Length));
        Pad();
    }

    internal void EndNested(int mark)
    {
        int length = _length - mark;
        if (length > ushort.MaxValue)
        {
            throw new InvalidOperationException("the nested attributes are too long for a netlink attribute");
        }

        MemoryMarshal.Write(_buffer.AsSpan(mark), (ushort)length);
    }

    private Span<byte> Reserve(int size)
    {
        int end = _length + size;
        // Padding may follow, so there is always room for it.
        if (end + 3 > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, end + 3));
        }

        Span<byte> room = _buffer.AsSpan(_length, size);
        _length = end;
        return room;
    }

    private void Pad()
    {
        int aligned = Alignment.Align(_length);
        _buffer.AsSpan(_length, aligned - _length).Clear();
        _length = aligned;
    }
}
