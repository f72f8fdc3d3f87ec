using System.Collections.Immutable;
using Flatnet.Settings;

namespace Flatnet.Server.Hosting;

internal sealed partial record HttpOptions
{
    public static readonly ImmutableArray<SettingKey> Keys =
    [
        new("server.listen", SettingKind.List, "127.0.0.1:8080", "Where to listen: HOST:PORT, [IPV6]:PORT, *:PORT or unix:/path; several are possible.") { Variables = ["FLATNET_SERVER_LISTEN"] },
        new("server.tls.certificate", SettingKind.Text, null, "The PEM file with the certificate and its chain.") { Variables = ["FLATNET_SERVER_TLS_CERTIFICATE"] },
        new("server.tls.key", SettingKind.Text, null, "The PEM file with the certificate's key.") { Variables = ["FLATNET_SERVER_TLS_KEY"] },
        new("server.tls.terminatedByProxy", SettingKind.Flag, "false", "A proxy in front ends TLS, and nobody else reaches the port.") { Variables = ["FLATNET_SERVER_TLS_TERMINATED_BY_PROXY"] },
        new("server.allowedOrigins", SettingKind.List, null, "Web pages of other hosts that may use the interface, as in https://ci.example.com; * for all, then without cookies.")
        {
            Variables = ["FLATNET_SERVER_ALLOWED_ORIGINS"],
        },
        new("server.maxBodySize", SettingKind.Size, "5MiB", "The longest body, as sent and unpacked.") { Variables = ["FLATNET_SERVER_MAX_BODY_SIZE"], Least = 1024, Most = 256 << 20 },
        new("server.headersTimeout", SettingKind.Duration, "10s", "How long a client may take for a request's headers.") { Variables = ["FLATNET_SERVER_HEADERS_TIMEOUT"], Least = 100, Most = 600_000 },
        new("server.keepAliveTimeout", SettingKind.Duration, "75s", "How long a connection may idle between requests.") { Variables = ["FLATNET_SERVER_KEEP_ALIVE_TIMEOUT"], Least = 1_000, Most = 3_600_000 },
        new("server.maxConnections", SettingKind.Whole, "10000", "Open connections, WebSockets aside; beyond that, those that wait for a request for the longest time are closed.") { Variables = ["FLATNET_SERVER_MAX_CONNECTIONS"], Least = 1 },
        new("server.maxUpgradedConnections", SettingKind.Whole, "20000", "Open WebSockets.") { Variables = ["FLATNET_SERVER_MAX_UPGRADED_CONNECTIONS"], Least = 1 },
        new("server.shutdownTimeout", SettingKind.Duration, "25s", "How long running requests may take to end once the server was told to stop.") { Variables = ["FLATNET_SERVER_SHUTDOWN_TIMEOUT"], Least = 0, Most = 3_600_000 },
    ];

    /// <exception cref="HostingException">There is no address or one that cannot be understood, or a certificate stands without its key.</exception>
    public static HttpOptions From(SettingValues values) => new()
    {
        Listen = Addresses(values.List("server.listen")),
        Tls = Protection(values),
        AllowedOrigins = values.List("server.allowedOrigins"),
        MaxBodySize = (int)values.Size("server.maxBodySize"),
        HeadersTimeout = values.Duration("server.headersTimeout"),
        KeepAliveTimeout = values.Duration("server.keepAliveTimeout"),
        MaxConnections = values.Whole("server.maxConnections"),
        MaxUpgradedConnections = values.Whole("server.maxUpgradedConnections"),
        ShutdownTimeout = values.Duration("server.shutdownTimeout"),
    };

    // Without an address the web server would choose one of its own.
    private static ImmutableArray<ListenAddress> Addresses(ImmutableArray<string> texts) => texts.IsEmpty
        ? throw new HostingException("server.listen is empty: name an address, such as 127.0.0.1:8080.")
        : [.. texts.Select(Address)];

    private static ListenAddress Address(string text) => ListenAddress.TryParse(text, out ListenAddress? address)
        ? address
        : throw new HostingException($"server.listen: '{text}' is no address. Write HOST:PORT with an IP address, [IPV6]:PORT, localhost:PORT, *:PORT or unix:/path.");

    private static TlsOptions Protection(SettingValues values)
    {
        var tls = new TlsOptions
        {
            Certificate = values.Text("server.tls.certificate"),
            Key = values.Text("server.tls.key"),
            TerminatedByProxy = values.Flag("server.tls.terminatedByProxy"),
        };
        return tls.Certificate is null == tls.Key is null
            ? tls
            : throw new HostingException("server.tls.certificate and server.tls.key belong together: set both, or neither.");
    }
}
