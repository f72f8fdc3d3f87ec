namespace Flatnet.Netlink.Transport;

/// <summary>One message of a batch: where it starts, what it is for, and which refusal is fine.</summary>
/// <param name="Start">Offset of its head in the batch.</param>
/// <param name="Operation">For the error text: <c>create veth</c>.</param>
/// <param name="Target">For the error text: the link's name.</param>
/// <param name="Tolerated">The error number that counts as success, or 0.</param>
internal readonly record struct Request(int Start, string Operation, string Target, int Tolerated);
