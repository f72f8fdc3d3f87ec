using System.Runtime.InteropServices;
using System.Text;
using Flatnet.Interop;

namespace Flatnet.Netlink.Tests;

/// <summary>Answers as a kernel would write them, made without the code under test.</summary>
internal static class Answer
{
    internal const uint Port = 4711;
    internal const ushort Multi = 2;
    internal const ushort Interrupted = 0x10;
    internal const ushort Capped = 0x100;
    internal const ushort WithText = 0x200;

    internal static byte[] Message(ushort type, ushort flags, uint sequence, byte[] body, uint port = Port)
    {
        var bytes = new byte[(16 + body.Length + 3) & ~3];
        BitConverter.TryWriteBytes(bytes.AsSpan(0), 16 + body.Length);
        BitConverter.TryWriteBytes(bytes.AsSpan(4), type);
        BitConverter.TryWriteBytes(bytes.AsSpan(6), flags);
        BitConverter.TryWriteBytes(bytes.AsSpan(8), sequence);
        BitConverter.TryWriteBytes(bytes.AsSpan(12), port);
        body.CopyTo(bytes, 16);
        return bytes;
    }

    internal static byte[] Acknowledge(uint sequence, int error = 0, string? text = null) => Message(
        2,
        (ushort)(Capped | (text is null ? 0 : WithText)),
        sequence,
        [.. BitConverter.GetBytes(-error), .. new byte[16], .. text is null ? [] : Attribute(1, Encoding.UTF8.GetBytes(text + "\0"))]);

    internal static byte[] Done(uint sequence, ushort flags = 0, int error = 0) =>
        Message(3, (ushort)(Multi | flags), sequence, BitConverter.GetBytes(-error));

    internal static byte[] Link(uint sequence, int index, string name, ushort flags = 0) =>
        Message(16, flags, sequence, [.. LinkHead(index), .. Attribute(3, Encoding.UTF8.GetBytes(name + "\0"))]);

    internal static byte[] LinkHead(int index)
    {
        var head = new ifinfomsg { ifi_index = index };
        return MemoryMarshal.AsBytes(new ReadOnlySpan<ifinfomsg>(in head)).ToArray();
    }

    internal static byte[] Attribute(ushort type, byte[] value)
    {
        var bytes = new byte[(4 + value.Length + 3) & ~3];
        BitConverter.TryWriteBytes(bytes.AsSpan(0), (ushort)(4 + value.Length));
        BitConverter.TryWriteBytes(bytes.AsSpan(2), type);
        value.CopyTo(bytes, 4);
        return bytes;
    }
}
