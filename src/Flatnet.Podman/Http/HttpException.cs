namespace Flatnet.Podman.Http;

/// <summary>What came over the socket is not HTTP, or it ended too early.</summary>
internal sealed class HttpException(string message) : Exception(message);
