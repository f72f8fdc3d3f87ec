namespace Flatnet.Netlink.Tests.Transport;

/// <summary>Questions and their answers through <see cref="RouteSocket"/> with prepared answers.</summary>
public sealed class DumpTests
{
    [Fact]
    public void PartsAreReadToTheEnd()
    {
        var channel = new FakeChannel(
            [.. Answer.Link(1, 1, "lo", Answer.Multi), .. Answer.Link(1, 2, "eth0", Answer.Multi)],
            Answer.Link(1, 3, "br0", Answer.Multi),
            Answer.Done(1));
        using var socket = new RouteSocket(channel);
        Assert.Equal(["lo", "eth0", "br0"], socket.ListLinks().ConvertAll(link => link.Name));
    }

    [Fact]
    public void InterruptedDumpIsRepeated()
    {
        var channel = new FakeChannel(
            Answer.Link(1, 1, "old", Answer.Multi | Answer.Interrupted),
            Answer.Done(1),
            Answer.Link(2, 1, "new", Answer.Multi),
            Answer.Done(2));
        using var socket = new RouteSocket(channel);
        Assert.Equal(["new"], socket.ListLinks().ConvertAll(link => link.Name));
        Assert.Equal(2, channel.Sent.Count);
    }

    [Fact]
    public void InterruptionMayBeToldAtTheEnd()
    {
        var channel = new FakeChannel(
            Answer.Link(1, 1, "old", Answer.Multi), Answer.Done(1, Answer.Interrupted), Answer.Done(2));
        using var socket = new RouteSocket(channel);
        Assert.Empty(socket.ListLinks());
    }

    [Fact]
    public void InterruptionsWithoutEndAreAnError()
    {
        List<byte[]> answers = [];
        for (uint sequence = 1; sequence <= 5; sequence++)
        {
            answers.Add(Answer.Done(sequence, Answer.Interrupted));
        }

        // A sixth attempt would succeed, but must not be made.
        answers.Add(Answer.Done(6));
        var channel = new FakeChannel(Answer.Port, answers);
        using var socket = new RouteSocket(channel);
        NetlinkException error = Assert.Throws<NetlinkException>(socket.ListLinks);
        Assert.Equal(0, error.Errno);
        Assert.Contains("kept changing", error.Message, StringComparison.Ordinal);
        Assert.Equal(5, channel.Sent.Count);
    }

    [Fact]
    public void MissingEndIsATimeout()
    {
        using var socket = new RouteSocket(new FakeChannel(Answer.Link(1, 1, "lo", Answer.Multi)));
        NetlinkException error = Assert.Throws<NetlinkException>(socket.ListLinks);
        Assert.Equal("list links: no answer from the kernel within the time limit", error.Message);
        Assert.Equal(0, error.Errno);
    }

    [Fact]
    public void FailureAtTheEndIsThrown()
    {
        using var socket = new RouteSocket(new FakeChannel(Answer.Link(1, 1, "lo", Answer.Multi), Answer.Done(1, error: 12)));
        Assert.True(Assert.Throws<NetlinkException>(socket.ListLinks).Is(KernelError.ENOMEM));
    }

    [Fact]
    public void AnswerToAnEarlierRequestIsPassedOver()
    {
        var channel = new FakeChannel(
            Answer.Done(1, Answer.Interrupted),
            Answer.Link(1, 9, "stale", Answer.Multi),
            Answer.Link(2, 1, "lo", Answer.Multi),
            Answer.Done(2));
        using var socket = new RouteSocket(channel);
        Assert.Equal(["lo"], socket.ListLinks().ConvertAll(link => link.Name));
    }

    [Fact]
    public void SequenceNumberNeverSentIsAnError()
    {
        using var socket = new RouteSocket(new FakeChannel(Answer.Link(2, 1, "lo", Answer.Multi), Answer.Done(1)));
        NetlinkException error = Assert.Throws<NetlinkException>(socket.ListLinks);
        Assert.Contains("sequence number", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherPortIsAnError()
    {
        using var socket = new RouteSocket(new FakeChannel(Answer.Message(3, Answer.Multi, 1, new byte[4], port: 1)));
        NetlinkException error = Assert.Throws<NetlinkException>(socket.ListLinks);
        Assert.Contains("another port", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherProcessIsNotBelieved()
    {
        var channel = new FakeChannel(Answer.Link(1, 1, "forged", Answer.Multi), Answer.Done(1)) { Sender = 1234 };
        using var socket = new RouteSocket(channel);
        Assert.Contains("time limit", Assert.Throws<NetlinkException>(socket.ListLinks).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FloodOfStaleAnswersEnds()
    {
        var channel = new FakeChannel(Answer.Done(1, Answer.Interrupted), Answer.Done(1)) { IsEndless = true };
        using var socket = new RouteSocket(channel);
        Assert.Contains("answer nothing", Assert.Throws<NetlinkException>(socket.ListLinks).Message, StringComparison.Ordinal);
        Assert.InRange(channel.Taken, 2, 2000);
    }

    [Fact]
    public void FloodOfEmptyMessagesEnds()
    {
        var channel = new FakeChannel(Answer.Message(1, 0, 1, [])) { IsEndless = true };
        using var socket = new RouteSocket(channel);
        Assert.Contains("answer nothing", Assert.Throws<NetlinkException>(socket.ListLinks).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DatagramThatOutgrewItsAnnouncementIsTruncation()
    {
        byte[] large = [.. Enumerable.Range(0, 400).SelectMany(index => Answer.Link(1, index + 1, "link" + index, Answer.Multi))];
        using var socket = new RouteSocket(new FakeChannel(large, Answer.Done(1)) { UnderstatedBy = large.Length - 16 });
        NetlinkException error = Assert.Throws<NetlinkException>(socket.ListLinks);
        Assert.Contains("truncated", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BufferGrowsWithTheAnswer()
    {
        byte[] large = [.. Enumerable.Range(0, 4000).SelectMany(index => Answer.Link(1, index + 1, "link" + index, Answer.Multi))];
        using var socket = new RouteSocket(new FakeChannel(large, Answer.Done(1)));
        Assert.Equal(4000, socket.ListLinks().Count);
    }

    [Fact]
    public void OverrunIsAnError()
    {
        using var socket = new RouteSocket(new FakeChannel(Answer.Message(4, 0, 1, [])));
        Assert.Contains("lost data", Assert.Throws<NetlinkException>(socket.ListLinks).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownMessagesAreIgnored()
    {
        using var socket = new RouteSocket(new FakeChannel(
            Answer.Message(77, Answer.Multi, 1, [1, 2, 3]), Answer.Link(1, 1, "lo", Answer.Multi), Answer.Done(1)));
        Assert.Single(socket.ListLinks());
    }

    [Fact]
    public void RefusedSendNamesTheOperation()
    {
        using var socket = new RouteSocket(new FakeChannel { SendErrno = 105 });
        NetlinkException error = Assert.Throws<NetlinkException>(socket.ListLinks);
        Assert.True(error.Is(KernelError.ENOBUFS));
        Assert.Equal("list links", error.Operation);
    }

    [Fact]
    public void MissingLinkIsNull()
    {
        using var socket = new RouteSocket(new FakeChannel(Answer.Acknowledge(1, KernelError.ENODEV)));
        Assert.Null(socket.FindLink("eth0"));
    }

    [Fact]
    public void OtherErrorIsNotNull()
    {
        using var socket = new RouteSocket(new FakeChannel(Answer.Acknowledge(1, KernelError.EPERM, "no")));
        NetlinkException error = Assert.Throws<NetlinkException>(() => socket.FindLink("eth0"));
        Assert.Equal("find link eth0: Operation not permitted (EPERM): no", error.Message);
    }
}
