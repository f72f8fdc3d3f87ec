using System.Collections.Immutable;
using Flatnet.Settings;

namespace Flatnet.Server.Sockets;

internal sealed partial record SocketOptions
{
    private const long OneHour = 3_600_000;

    public static ImmutableArray<SettingKey> Keys { get; } =
    [
        new("websocket.authTimeout", SettingKind.Duration, "10s", "How long a connection may take to show its token.") { Variables = ["FLATNET_WEBSOCKET_AUTH_TIMEOUT"], Least = 100, Most = OneHour },
        new("websocket.heartbeatInterval", SettingKind.Duration, "30s", "How often to ask whether the other side is there.") { Variables = ["FLATNET_WEBSOCKET_HEARTBEAT_INTERVAL"], Least = 100, Most = OneHour },
        new("websocket.silenceLimit", SettingKind.Duration, "75s", "How long the other side may say nothing.") { Variables = ["FLATNET_WEBSOCKET_SILENCE_LIMIT"], Least = 100, Most = OneHour },
        new("websocket.slowLimit", SettingKind.Duration, "30s", "How long a viewer may leave what was sent to it unread.") { Variables = ["FLATNET_WEBSOCKET_SLOW_LIMIT"], Least = 100, Most = OneHour },
        new("websocket.closeTimeout", SettingKind.Duration, "5s", "How long the other side may take to answer a close.") { Variables = ["FLATNET_WEBSOCKET_CLOSE_TIMEOUT"], Least = 100, Most = OneHour },
        new("websocket.maxMessageSize", SettingKind.Size, "1MiB", "The longest message.") { Variables = ["FLATNET_WEBSOCKET_MAX_MESSAGE_SIZE"], Least = 64 << 10, Most = 64 << 20 },
        new("websocket.inFlightSize", SettingKind.Size, "1MiB", "How much of one agent may wait to be committed; beyond that nothing more is read from it.")
        {
            Variables = ["FLATNET_WEBSOCKET_IN_FLIGHT_SIZE"],
            Least = 64 << 10,
            Most = 256 << 20,
        },
        new("websocket.maxConnections", SettingKind.Whole, "20000", "Connections in all.") { Variables = ["FLATNET_WEBSOCKET_MAX_CONNECTIONS"], Least = 1 },
        new("websocket.maxConnectionsPerToken", SettingKind.Whole, "2000", "Connections with one token.") { Variables = ["FLATNET_WEBSOCKET_MAX_CONNECTIONS_PER_TOKEN"], Least = 1 },
        new("websocket.maxUnauthenticated", SettingKind.Whole, "1000", "Connections that have not shown a token yet.") { Variables = ["FLATNET_WEBSOCKET_MAX_UNAUTHENTICATED"], Least = 1 },
        new("websocket.compression", SettingKind.Flag, "false", "Whether viewers may have their messages compressed, which takes some hundred kilobytes of memory each.")
        {
            Variables = ["FLATNET_WEBSOCKET_COMPRESSION"],
        },
    ];

    public static SocketOptions From(SettingValues values) => new()
    {
        AuthTimeout = values.Duration("websocket.authTimeout"),
        PingInterval = values.Duration("websocket.heartbeatInterval"),
        SilenceLimit = values.Duration("websocket.silenceLimit"),
        SlowLimit = values.Duration("websocket.slowLimit"),
        CloseTimeout = values.Duration("websocket.closeTimeout"),
        MaxMessageBytes = (int)values.Size("websocket.maxMessageSize"),
        InFlightBytes = (int)values.Size("websocket.inFlightSize"),
        MaxConnections = values.Whole("websocket.maxConnections"),
        MaxConnectionsPerPrincipal = values.Whole("websocket.maxConnectionsPerToken"),
        MaxUnauthenticated = values.Whole("websocket.maxUnauthenticated"),
        Compression = values.Flag("websocket.compression"),
    };
}
