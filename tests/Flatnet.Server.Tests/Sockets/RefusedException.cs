namespace Flatnet.Server.Tests.Sockets;

/// <summary>The server did not upgrade.</summary>
internal sealed class RefusedException(int status) : Exception($"HTTP {status}")
{
    public int Status { get; } = status;
}
