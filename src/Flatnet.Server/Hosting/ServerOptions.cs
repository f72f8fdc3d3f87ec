using Flatnet.Server.Auth;
using Flatnet.Server.Ingest;
using Flatnet.Server.Limits;
using Flatnet.Server.Live;
using Flatnet.Server.Loki;
using Flatnet.Server.Rest;
using Flatnet.Server.Retention;
using Flatnet.Server.Sockets;
using Flatnet.Server.Storage;
using Flatnet.Server.Telemetry;
using Flatnet.Settings;

namespace Flatnet.Server.Hosting;

/// <summary>The whole configuration: each feature's own.</summary>
internal sealed record ServerOptions
{
    /// <summary>All settings, in the order in which they are shown.</summary>
    public static readonly SettingTable Table = new(
    [
        new SettingKey("dataDir", SettingKind.Text, "/var/lib/flatnetd", "The directory of everything that the server keeps.") { Variables = ["FLATNET_DATA_DIR"] },
        .. HttpOptions.Keys,
        .. StorageOptions.Keys,
        .. AuthOptions.Keys,
        .. LimitOptions.Keys,
        .. RestOptions.Keys,
        .. IngestOptions.Keys,
        .. LiveOptions.Keys,
        .. SocketOptions.Keys,
        .. RetentionOptions.Keys,
        .. LokiSinkOptions.Keys,
        .. LoggingOptions.Keys,
        .. TelemetryOptions.Keys,
    ]);

    /// <summary>Where everything is kept; made for its owner alone when it is missing.</summary>
    public required string DataDirectory { get; init; }

    public HttpOptions Http { get; init; } = new();

    public required StorageOptions Storage { get; init; }

    public AuthOptions Auth { get; init; } = new();

    public LimitOptions Limits { get; init; } = new();

    public RestOptions Rest { get; init; } = new();

    public IngestOptions Ingest { get; init; } = new();

    public LiveOptions Live { get; init; } = new();

    public SocketOptions Sockets { get; init; } = new();

    public RetentionOptions Retention { get; init; } = new();

    /// <summary>Null for no Loki beside the store.</summary>
    public LokiSinkOptions? Loki { get; init; }

    public LoggingOptions Logging { get; init; } = new();

    public TelemetryOptions Telemetry { get; init; } = new();

    /// <exception cref="HostingException">Settings that are good each by itself do not go together.</exception>
    public static ServerOptions From(SettingValues values)
    {
        string directory = Path.GetFullPath(values.Text("dataDir")!);
        var http = HttpOptions.From(values);
        var storage = StorageOptions.From(values);
        return new ServerOptions
        {
            DataDirectory = directory,
            Http = http,
            Storage = storage with { Path = Path.Combine(directory, storage.Path) },
            Auth = AuthOptions.From(values) with { Directory = directory, AllowedOrigins = http.AllowedOrigins },
            Limits = LimitOptions.From(values),
            Rest = RestOptions.From(values),
            Ingest = IngestOptions.From(values),
            Live = LiveOptions.From(values),
            Sockets = SocketOptions.From(values),
            Retention = RetentionOptions.From(values),
            Loki = LokiSinkOptions.From(values),
            Logging = LoggingOptions.From(values),
            Telemetry = TelemetryOptions.From(values),
        };
    }
}
