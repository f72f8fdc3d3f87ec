using Flatnet.Netlink.Transport;

namespace Flatnet.Netlink.Tests.Transport;

public sealed class BatchTests
{
    [Fact]
    public void AllRequestsGoInOneDatagramWithTheirOwnNumbers()
    {
        var channel = new FakeChannel(Answer.Acknowledge(1), Answer.Acknowledge(2), Answer.Acknowledge(3));
        using var socket = new RouteSocket(channel);
        socket.Execute(Deletions(3));
        byte[] sent = Assert.Single(channel.Sent);
        Assert.Equal([1u, 2u, 3u], Sequences(sent));
    }

    [Fact]
    public void FirstRefusalIsThrownWhenAllWasRead()
    {
        var channel = new FakeChannel(
            Answer.Acknowledge(1),
            Answer.Acknowledge(2, KernelError.EEXIST, "it is there"),
            Answer.Acknowledge(3, KernelError.EBUSY));
        using var socket = new RouteSocket(channel);
        NetlinkException error = Assert.Throws<NetlinkException>(() => socket.Execute(Deletions(3)));
        Assert.Equal("delete link x1: File exists (EEXIST): it is there", error.Message);
        Assert.Equal(("delete link", "x1", "it is there", "EEXIST"), (error.Operation, error.Target, error.KernelMessage, error.ErrnoName));
        Assert.Equal(3, channel.Taken);
    }

    [Fact]
    public void ToleratedRefusalIsSuccessAndNoOther()
    {
        var address = new AddressSpec { LinkIndex = 1, Address = System.Net.IPAddress.Loopback, PrefixLength = 8 };
        RouteBatch batch = new RouteBatch().AddAddress(address, tolerateExisting: true);
        using (var socket = new RouteSocket(new FakeChannel(Answer.Acknowledge(1, KernelError.EEXIST), Answer.Acknowledge(2, KernelError.EPERM))))
        {
            socket.Execute(batch);
            Assert.True(Assert.Throws<NetlinkException>(() => socket.Execute(batch)).Is(KernelError.EPERM));
        }

        using var strict = new RouteSocket(new FakeChannel(Answer.Acknowledge(1, KernelError.EEXIST)));
        Assert.True(Assert.Throws<NetlinkException>(() => strict.Execute(new RouteBatch().AddAddress(address))).Is(KernelError.EEXIST));
    }

    [Fact]
    public void MissingAcknowledgementIsATimeoutUnlessSomethingFailedBefore()
    {
        using var socket = new RouteSocket(new FakeChannel(Answer.Acknowledge(1)));
        NetlinkException error = Assert.Throws<NetlinkException>(() => socket.Execute(Deletions(2)));
        Assert.Contains("time limit", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SecondAcknowledgementIsAnError()
    {
        using var socket = new RouteSocket(new FakeChannel(Answer.Acknowledge(1), Answer.Acknowledge(1), Answer.Acknowledge(2)));
        NetlinkException error = Assert.Throws<NetlinkException>(() => socket.Execute(Deletions(2)));
        Assert.Contains("twice", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LongBatchIsSentInPortions()
    {
        byte[][] answers = [.. Enumerable.Range(1, 130).Select(sequence => Answer.Acknowledge((uint)sequence))];
        var channel = new FakeChannel(answers);
        using var socket = new RouteSocket(channel);
        socket.Execute(Deletions(130));
        Assert.Equal([64, 64, 2], channel.Sent.ConvertAll(datagram => Sequences(datagram).Count));
    }

    [Fact]
    public void RefusalStopsBeforeTheNextPortion()
    {
        byte[][] answers = [.. Enumerable.Range(1, 64).Select(sequence => Answer.Acknowledge((uint)sequence, sequence == 7 ? KernelError.ENODEV : 0))];
        var channel = new FakeChannel(answers);
        using var socket = new RouteSocket(channel);
        Assert.Equal("x6", Assert.Throws<NetlinkException>(() => socket.Execute(Deletions(130))).Target);
        Assert.Single(channel.Sent);
    }

    [Fact]
    public void ExplanationIsFoundBehindTheWholeRequestToo()
    {
        // Kernels without NETLINK_CAP_ACK return the complete request inside the error.
        byte[] request = Answer.Message(17, 5, 1, [1, 2, 3, 4, 5, 6, 7, 8]);
        byte[] body = [.. BitConverter.GetBytes(-22), .. request, .. Answer.Attribute(1, "why\0"u8.ToArray())];
        using var socket = new RouteSocket(new FakeChannel(Answer.Message(2, Answer.WithText, 1, body)));
        Assert.Equal("why", Assert.Throws<NetlinkException>(() => socket.Execute(Deletions(1))).KernelMessage);
    }

    [Fact]
    public void EmptyBatchSendsNothing()
    {
        var channel = new FakeChannel();
        using var socket = new RouteSocket(channel);
        socket.Execute(new RouteBatch());
        Assert.Empty(channel.Sent);
        Assert.True(new RouteBatch().IsEmpty);
    }

    [Fact]
    public void TransactionRefusedAsAWholeEndsTheWait()
    {
        var channel = new FakeChannel(Answer.Acknowledge(1, KernelError.ERESTART));
        using var socket = new NftSocket(channel);
        NftTransaction transaction = new NftTransaction().AddTable(NftFamily.Inet, "flatnet");
        Assert.True(Assert.Throws<NetlinkException>(() => socket.Commit(transaction, 5)).Is(KernelError.ERESTART));
    }

    [Fact]
    public void TransactionErrorNamesItsChange()
    {
        using var socket = new NftSocket(new FakeChannel(Answer.Acknowledge(2), Answer.Acknowledge(3, KernelError.ENOENT)));
        NftTransaction transaction = new NftTransaction().AddTable(NftFamily.Inet, "flatnet").DeleteChain(NftFamily.Inet, "flatnet", "x");
        NetlinkException error = Assert.Throws<NetlinkException>(() => socket.Commit(transaction));
        Assert.Equal("delete chain flatnet x: No such file or directory (ENOENT)", error.Message);
    }

    private static RouteBatch Deletions(int count)
    {
        var batch = new RouteBatch();
        for (int index = 0; index < count; index++)
        {
            batch.DeleteLink("x" + index);
        }

        Assert.Equal(count, batch.Count);
        return batch;
    }

    private static List<uint> Sequences(byte[] datagram)
    {
        var sequences = new List<uint>();
        var messages = new MessageReader(datagram);
        while (messages.MoveNext())
        {
            sequences.Add(messages.Header.nlmsg_seq);
        }

        return sequences;
    }
}
