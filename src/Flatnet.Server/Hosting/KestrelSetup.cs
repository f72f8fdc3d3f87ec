using System.Net.Security;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Flatnet.Server.Hosting;

/// <summary>Sets up the web server.</summary>
internal static class KestrelSetup
{
    /// <exception cref="HostingException">The certificate cannot be used.</exception>
    public static void UseHttp(this ConfigureWebHostBuilder host, HttpOptions options)
    {
        TlsCertificate? certificate = options.Tls.Certificate is null ? null : new TlsCertificate(options.Tls);
        host.UseKestrelCore();
        host.UseKestrelHttpsConfiguration();
        host.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Endpoints keep to the exact bound. What is somewhat longer is still read to its end, so that its sender sees the answer
            // and not a broken connection.
            kestrel.Limits.MaxRequestBodySize = 4L * options.MaxBodySize;
            kestrel.Limits.RequestHeadersTimeout = options.HeadersTimeout;
            kestrel.Limits.KeepAliveTimeout = options.KeepAliveTimeout;
            // The gate counts, and knows whom to drop.
            kestrel.Limits.MaxConcurrentConnections = null;
            kestrel.Limits.MaxConcurrentUpgradedConnections = options.MaxUpgradedConnections;
            // Who sends slower than this for longer than the grace holds a connection for nothing.
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
            kestrel.Limits.MaxRequestLineSize = 16 * 1024;
            foreach (ListenAddress address in options.Listen)
            {
                Listen(kestrel, address, certificate);
            }
        });
    }

    /// <summary>Tells the gate which connections have a request to serve.</summary>
    public static void UseConnectionGate(this WebApplication app)
    {
        ConnectionGate gate = app.Services.GetRequiredService<ConnectionGate>();
        app.Use(next => context => gate.RunAsync(context, next));
    }

    private static void Listen(KestrelServerOptions kestrel, ListenAddress address, TlsCertificate? certificate)
    {
        ConnectionGate gate = kestrel.ApplicationServices.GetRequiredService<ConnectionGate>();
        if (address.SocketPath is { } path)
        {
            UnixSocketFile.RemoveStale(path);
            kestrel.ListenUnixSocket(path, listen => listen.Use(next => context => gate.ServeAsync(context, next)));
            return;
        }

        kestrel.Listen(address.EndPoint!, listen =>
        {
            listen.Use(next => context => gate.ServeAsync(context, next));
            listen.Protocols = certificate is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
            if (certificate is not null)
            {
                ILogger logger = kestrel.ApplicationServices.GetRequiredService<ILogger<TlsCertificate>>();
                listen.UseHttps(new TlsHandshakeCallbackOptions
                {
                    HandshakeTimeout = kestrel.Limits.RequestHeadersTimeout,
                    OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Current(logger) }),
                });
            }
        });
    }
}
