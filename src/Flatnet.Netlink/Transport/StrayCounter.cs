namespace Flatnet.Netlink.Transport;

/// <summary>Counts what is passed over while waiting for an answer, so that a flood of it cannot hold the caller forever.</summary>
internal struct StrayCounter(int limit, Request request)
{
    private int _count;

    internal void Add()
    {
        if (++_count > limit)
        {
            throw NetlinkException.Unusable(request.Operation, request.Target, "too many messages that answer nothing");
        }
    }
}
