using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Flatnet.Server.Tests.Hosting;

/// <summary>An authority with an intermediate, and clients that trust its root alone.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 _root = Make("root", issuer: null, isAuthority: true);
    private readonly X509Certificate2 _intermediate;

    public TestAuthority() => _intermediate = Make("intermediate", _root, isAuthority: true);

    /// <summary>Writes a certificate for 127.0.0.1 with its intermediate, and its key.</summary>
    /// <returns>Its thumbprint.</returns>
    public string Issue(string certificatePath, string keyPath)
    {
        using X509Certificate2 certificate = Make("server", _intermediate, isAuthority: false);
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(certificatePath, $"{certificate.ExportCertificatePem()}\n{_intermediate.ExportCertificatePem()}\n");
        File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());
        return certificate.Thumbprint;
    }

    /// <summary>A new connection, and the thumbprint of what it was shown.</summary>
    public SocketsHttpHandler NewHandler(Action<string>? onShown = null) => new()
    {
        UseProxy = false,
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { _root },
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            },
            RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
            {
                onShown?.Invoke(((X509Certificate2)certificate!).Thumbprint);
                return errors == SslPolicyErrors.None;
            },
        },
    };

    public void Dispose()
    {
        _intermediate.Dispose();
        _root.Dispose();
    }

    private static X509Certificate2 Make(string name, X509Certificate2? issuer, bool isAuthority)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=flatnet test {name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, critical: true));
        if (!isAuthority)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
        }

        if (issuer is null)
        {
            return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        }

        using X509Certificate2 bare = request.Create(issuer, issuer.NotBefore, issuer.NotAfter, RandomNumberGenerator.GetBytes(8));
        return bare.CopyWithPrivateKey(key);
    }
}
