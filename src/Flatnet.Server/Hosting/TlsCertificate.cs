using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Flatnet.Server.Hosting;

/// <summary>The server's certificate. Its files are looked at for each new connection, and read again when one has changed: a certificate
/// that was renewed needs no restart.</summary>
internal sealed partial class TlsCertificate
{
    private readonly TlsOptions _options;
    private readonly Lock _lock = new();
    private volatile State _state;

    /// <exception cref="HostingException">The files cannot be read, or do not belong together.</exception>
    public TlsCertificate(TlsOptions options)
    {
        _options = options;
        (DateTime, DateTime) stamp = Stamp();
        try
        {
            _state = new State(stamp, Load());
        }
        catch (Exception error) when (IsUnusable(error))
        {
            throw new HostingException(
                $"Cannot use the certificate {options.Certificate} with the key {options.Key}: {error.Message} "
                + "Both must be PEM files that the server may read (server.tls.certificate, server.tls.key).", error);
        }
    }

    /// <summary>What a new connection is shown.</summary>
    public SslStreamCertificateContext Current(ILogger logger)
    {
        if (Stamp() == _state.Stamp)
        {
            return _state.Certificate;
        }

        lock (_lock)
        {
            (DateTime, DateTime) stamp = Stamp();
            if (stamp == _state.Stamp)
            {
                return _state.Certificate;
            }

            try
            {
                _state = new State(stamp, Load());
                LogRenewed(logger, _options.Certificate!, _state.Certificate.TargetCertificate.NotAfter.ToUniversalTime());
            }
            catch (Exception error) when (IsUnusable(error))
            {
                // Perhaps only one of the two files is new yet; the other will have another time.
                _state = _state with { Stamp = stamp };
                LogUnusable(logger, _options.Certificate!, _options.Key!, error.Message);
            }

            return _state.Certificate;
        }
    }

    // A key that is not the certificate's is an invalid argument.
    private static bool IsUnusable(Exception error) => error is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;

    private SslStreamCertificateContext Load()
    {
        X509Certificate2Collection chain = [];
        chain.ImportFromPemFile(_options.Certificate!);
        return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(_options.Certificate!, _options.Key), chain, offline: true);
    }

    private (DateTime Certificate, DateTime Key) Stamp() => (WrittenAt(_options.Certificate!), WrittenAt(_options.Key!));

    // Who renews certificates often changes where a link leads.
    private static DateTime WrittenAt(string path)
    {
        try
        {
            return (File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path)).LastWriteTimeUtc;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Not there for the moment.
            return default;
        }
    }

    private sealed record State((DateTime Certificate, DateTime Key) Stamp, SslStreamCertificateContext Certificate);
}
