using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Flatnet.Agent.Configuration;

namespace Flatnet.Agent.Transport.Http;

/// <summary>Makes the connections to the server, for REST and WebSocket alike: one place for TLS and proxies.</summary>
internal static class ServerHandler
{
    /// <exception cref="IOException">The authorities' file cannot be read.</exception>
    public static SocketsHttpHandler Create(TlsOptions tls, Uri server, TimeSpan timeout)
    {
        // A redirect would turn a batch of lines into a page to log in.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !server.IsLoopback,
            ConnectTimeout = timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (!tls.VerifyCertificate)
        {
#pragma warning disable CA5359 // Asked for by name: websocket.security.verifyCert is false.
            handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (tls.CertificatePath is { } path)
        {
            handler.SslOptions.CertificateChainPolicy = Trusting(path);
        }

        return handler;
    }

    private static X509ChainPolicy Trusting(string path)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(path);
        }
        catch (Exception error) when (error is CryptographicException or UnauthorizedAccessException)
        {
            throw new IOException($"The certificates in '{path}' cannot be read: {error.Message}", error);
        }

        return policy.CustomTrustStore.Count > 0
            ? policy
            : throw new IOException($"'{path}' holds no certificate: it must be a PEM file with the authorities to trust.");
    }
}
