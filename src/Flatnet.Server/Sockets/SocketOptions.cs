namespace Flatnet.Server.Sockets;

/// <summary>The bounds and times of WebSockets.</summary>
internal sealed partial record SocketOptions
{
    /// <summary>How long a connection without a credential may take to show one.</summary>
    public TimeSpan AuthTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often to ask whether the other side is there.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the other side may say nothing.</summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(75);

    /// <summary>How long the other side may leave what was sent to it unread.</summary>
    public TimeSpan SlowLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the other side may take to answer a close.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the times above are looked at.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest message.</summary>
    public int MaxMessageBytes { get; init; } = 1 << 20;

    /// <summary>How much of one connection's lines may wait to be committed; beyond that nothing more is read from it.</summary>
    public int InFlightBytes { get; init; } = 1 << 20;

    /// <summary>Connections in all.</summary>
    public int MaxConnections { get; init; } = 20_000;

    /// <summary>Connections of one asker.</summary>
    public int MaxConnectionsPerPrincipal { get; init; } = 2_000;

    /// <summary>Connections that have not shown a credential yet.</summary>
    public int MaxUnauthenticated { get; init; } = 1_000;

    /// <summary>Whether viewers may have their messages compressed. A compressed connection takes some hundred kilobytes of memory.</summary>
    public bool Compression { get; init; }
}
