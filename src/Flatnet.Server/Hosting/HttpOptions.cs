using System.Collections.Immutable;

namespace Flatnet.Server.Hosting;

/// <summary>Where and how the server takes requests.</summary>
internal sealed partial record HttpOptions
{
    public ImmutableArray<ListenAddress> Listen { get; init; } = [ListenAddress.Default];

    public TlsOptions Tls { get; init; } = new();

    /// <summary>Bytes of a body, as sent and after decompression.</summary>
    public int MaxBodySize { get; init; } = 5 * 1024 * 1024;

    /// <summary>How long a client may take for its request's headers.</summary>
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may idle between requests.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(75);

    /// <summary>Open connections, WebSockets aside.</summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>Open WebSockets.</summary>
    public int MaxUpgradedConnections { get; init; } = 20_000;

    /// <summary>How long running requests may take to end once the server was told to stop.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>The web pages (their origins) whose scripts may use the interface; <c>*</c> for all, then without credentials.</summary>
    public ImmutableArray<string> AllowedOrigins { get; init; } = [];
}
