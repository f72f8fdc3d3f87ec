namespace Flatnet.Netlink.Transport;

/// <summary>Bytes that are not what the protocol says. Readers throw it; the connection turns it into a
/// <see cref="NetlinkException"/> that names the operation, so it never leaves this assembly.</summary>
internal sealed class MalformedMessageException(string what) : Exception(what);
