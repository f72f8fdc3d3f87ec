using Flatnet.Server.Auth;
using Flatnet.Server.Ingest;
using Flatnet.Server.Limits;
using Flatnet.Server.Live;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Sockets;

/// <summary>What all connections use.</summary>
internal sealed record SocketContext(
    SocketOptions Options,
    SocketRegistry Registry,
    ILogStore Store,
    ILogWriter Writer,
    LiveHub Live,
    IAuthenticator Authenticator,
    RateLimits Limits,
    LimitOptions LimitOptions,
    LineLimiter Lines,
    TimeProvider Time,
    ILogger<SocketConnection> Logger);
