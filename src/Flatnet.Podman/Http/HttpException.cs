namespace Flatnet.Podman.Http;

/// <summary>What came over the socket is not HTTP, or the connection broke.</summary>
internal sealed class HttpException(string message, Exception? inner = null) : IOException(message, inner);
