using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Flatnet.Server.Hosting;

/// <summary>Sets up the web server.</summary>
internal static class KestrelSetup
{
    public static void UseHttp(this ConfigureWebHostBuilder host, HttpOptions options)
    {
        X509Certificate2Collection? chain = null;
        X509Certificate2? certificate = options.Tls.Certificate is null ? null : TlsCertificate.Load(options.Tls, out chain);
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
            kestrel.Limits.MaxConcurrentConnections = options.MaxConnections;
            kestrel.Limits.MaxConcurrentUpgradedConnections = options.MaxUpgradedConnections;
            // Who sends slower than this for longer than the grace holds a connection for nothing.
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
            kestrel.Limits.MaxRequestLineSize = 16 * 1024;
            foreach (ListenAddress address in options.Listen)
            {
                Listen(kestrel, address, certificate, chain);
            }
        });
    }

    private static void Listen(KestrelServerOptions kestrel, ListenAddress address, X509Certificate2? certificate, X509Certificate2Collection? chain)
    {
        if (address.SocketPath is { } path)
        {
            kestrel.ListenUnixSocket(path);
            return;
        }

        kestrel.Listen(address.EndPoint!, listen =>
        {
            listen.Protocols = certificate is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
            if (certificate is not null)
            {
                listen.UseHttps(https => (https.ServerCertificate, https.ServerCertificateChain) = (certificate, chain));
            }
        });
    }
}
