using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Flatnet.Server.Hosting;

/// <summary>Reads the server's certificate.</summary>
internal static class TlsCertificate
{
    /// <exception cref="HostingException">The files cannot be read, or do not belong together.</exception>
    public static X509Certificate2 Load(TlsOptions options, out X509Certificate2Collection chain)
    {
        try
        {
            chain = [];
            chain.ImportFromPemFile(options.Certificate!);
            return X509Certificate2.CreateFromPemFile(options.Certificate!, options.Key);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new HostingException(
                $"Cannot use the certificate {options.Certificate} with the key {options.Key}: {error.Message} "
                + "Both must be PEM files that the server may read (server.tls.certificate, server.tls.key).", error);
        }
    }
}
