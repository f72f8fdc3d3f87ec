using Flatnet.Interop;
using Flatnet.Netlink.Transport;

namespace Flatnet.Netlink.Tests.Transport;

public sealed class MessageRoundTripTests
{
    [Fact]
    public void EveryKindOfAttributeComesBack()
    {
        var writer = new MessageWriter(16);
        writer.Begin(16, 5, new ifinfomsg { ifi_index = 7, ifi_flags = 1 });
        writer.PutByte(1, 200);
        writer.PutUInt16(2, 40000);
        writer.PutUInt32(3, 0xfffefdfc);
        writer.PutUInt32BigEndian(4, 0x01020304);
        writer.PutUInt64BigEndian(5, 0x0102030405060708);
        writer.PutText(6, "größe");
        writer.PutEmpty(7);
        int outer = writer.BeginNested(8 | NetlinkConstants.NLA_F_NESTED);
        writer.PutByte(9, 1);
        writer.EndNested(outer);
        int start = writer.End();
        writer.SetSequence(start, 99);

        var messages = new MessageReader(writer.Written);
        Assert.True(messages.MoveNext());
        Assert.Equal((16, 5, 99u), (messages.Header.nlmsg_type, messages.Header.nlmsg_flags, messages.Header.nlmsg_seq));
        Assert.Equal(writer.Written.Length, (int)messages.Header.nlmsg_len);
        AttributeReader attributes = AttributeReader.After(messages.Body, out ifinfomsg head);
        Assert.Equal((7, 1u), (head.ifi_index, head.ifi_flags));
        Next(ref attributes, 1);
        Assert.Equal(200, attributes.Byte());
        Next(ref attributes, 2);
        Assert.Equal(40000, attributes.UInt16());
        Next(ref attributes, 3);
        Assert.Equal(0xfffefdfc, attributes.UInt32());
        Assert.Equal(-66052, attributes.Int32());
        Next(ref attributes, 4);
        Assert.Equal([1, 2, 3, 4], attributes.Value.ToArray());
        Assert.Equal(0x01020304u, attributes.UInt32BigEndian());
        Next(ref attributes, 5);
        Assert.Equal(0x0102030405060708u, attributes.UInt64BigEndian());
        Next(ref attributes, 6);
        Assert.Equal("größe", attributes.Text());
        Assert.Equal(0, attributes.Value[^1]);
        Next(ref attributes, 7);
        Assert.True(attributes.Value.IsEmpty);
        Next(ref attributes, 8);
        AttributeReader nested = attributes.Nested();
        Next(ref nested, 9);
        Assert.False(nested.MoveNext());
        Assert.False(attributes.MoveNext());
        Assert.False(messages.MoveNext());
    }

    [Fact]
    public void MessagesFollowOneAnotherAligned()
    {
        var writer = new MessageWriter(16);
        writer.Begin(1, 0, default(nfgenmsg));
        writer.Put(1, [1, 2, 3]);
        writer.End();
        writer.Begin(2, 0, default(nfgenmsg));
        int second = writer.End();
        Assert.Equal(0, second % 4);
        var messages = new MessageReader(writer.Written);
        Assert.True(messages.MoveNext() && messages.Header.nlmsg_type == 1);
        Assert.True(messages.MoveNext() && messages.Header.nlmsg_type == 2);
        Assert.False(messages.MoveNext());
    }

    [Fact]
    public void ValueTooLongForTheFormatIsRefused()
    {
        var writer = new MessageWriter();
        writer.Begin(1, 0, default(nfgenmsg));
        Assert.Throws<ArgumentException>(() => writer.Put(1, new byte[65532]));
        Assert.Throws<ArgumentException>(() => writer.PutText(1, new string('x', 65531)));
        writer.Put(1, new byte[65531]);
        int mark = writer.BeginNested(2);
        writer.Put(1, new byte[40000]);
        writer.Put(1, new byte[40000]);
        Assert.Throws<InvalidOperationException>(() => writer.EndNested(mark));
    }

    [Theory]
    [InlineData("0f000000 10000000 00000000 00000000")]
    [InlineData("11000000 10000000 00000000 00000000")]
    [InlineData("ffffffff 10000000 00000000 00000000")]
    [InlineData("10000000 10000000 00000000")]
    [InlineData("01")]
    public void MessageThatDoesNotFitIsRefused(string hex)
    {
        byte[] datagram = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        Assert.Throws<MalformedMessageException>(() => new MessageReader(datagram).MoveNext());
    }

    [Theory]
    [InlineData("03000100")]
    [InlineData("09000100 01020304")]
    [InlineData("00000000")]
    public void AttributeThatDoesNotFitIsRefused(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        Assert.Throws<MalformedMessageException>(() => new AttributeReader(bytes).MoveNext());
    }

    [Fact]
    public void ValueOfAnotherSizeIsRefused()
    {
        byte[] bytes = Answer.Attribute(1, [1, 2, 3]);
        Assert.Throws<MalformedMessageException>(() => First(bytes).Byte());
        Assert.Throws<MalformedMessageException>(() => First(bytes).UInt16());
        Assert.Throws<MalformedMessageException>(() => First(bytes).UInt32());
        Assert.Throws<MalformedMessageException>(() => First(bytes).UInt64BigEndian());
    }

    private static AttributeReader First(byte[] bytes)
    {
        var reader = new AttributeReader(bytes);
        Assert.True(reader.MoveNext());
        return reader;
    }

    private static void Next(ref AttributeReader attributes, ushort type)
    {
        Assert.True(attributes.MoveNext());
        Assert.Equal(type, attributes.Type);
    }
}
