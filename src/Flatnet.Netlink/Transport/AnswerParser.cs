namespace Flatnet.Netlink.Transport;

/// <summary>Reads one message's body and adds what it finds, if anything, to the list.</summary>
/// <exception cref="MalformedMessageException">The bytes are not what the protocol says.</exception>
internal delegate void AnswerParser<T>(ushort type, ReadOnlySpan<byte> body, List<T> into);
