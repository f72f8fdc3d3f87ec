using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Flatnet.Interop;
using Flatnet.Server.Auth.Files;

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
        (FileStamp, FileStamp) stamp = Stamp();
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
            (FileStamp, FileStamp) stamp = Stamp();
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

    private (FileStamp Certificate, FileStamp Key) Stamp() => (StampOf(_options.Certificate!), StampOf(_options.Key!));

    // Through links: who renews certificates often changes where one leads. The default while the file is not there.
    private static unsafe FileStamp StampOf(string path)
    {
        Statx status;
        return Libc.statx(FileConstants.AT_FDCWD, path, 0, FileConstants.STATX_BASIC_STATS, &status) == 0
            ? new FileStamp(status.stx_ino, status.stx_size, status.stx_mtime_sec, status.stx_mtime_nsec)
            : default;
    }

    private sealed record State((FileStamp Certificate, FileStamp Key) Stamp, SslStreamCertificateContext Certificate);
}
