using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Flatnet.Server.Auth.Files;
using Flatnet.Server.Hosting;
using Microsoft.IdentityModel.Tokens;

namespace Flatnet.Server.Auth.Jwt;

/// <summary>Keys from a file: public keys in PEM (several while they are being changed), or one secret of at least 32 bytes.</summary>
internal sealed class KeyFile : IKeySource
{
    private const int ShortestSecret = 32;
    private const string BeginPem = "-----BEGIN ";

    private readonly ImmutableArray<SecurityKey> _keys;

    private KeyFile(ImmutableArray<SecurityKey> keys) => _keys = keys;

    /// <exception cref="HostingException">The file cannot be used.</exception>
    public static KeyFile Load(string path)
    {
        try
        {
            string text = File.ReadAllText(path, Encoding.Latin1);
            return new KeyFile(text.Contains(BeginPem, StringComparison.Ordinal) ? PublicKeys(text, path) : [Secret(path)]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new HostingException($"Cannot use the keys in {path} (auth.jwt.keyFile): {error.Message}", error);
        }
    }

    public ValueTask<ImmutableArray<SecurityKey>> FindAsync(string? keyId, CancellationToken cancellation) => new(_keys);

    private static SymmetricSecurityKey Secret(string path)
    {
        byte[] content = OwnerOnlyFile.Read(path, out _) ?? throw new IOException("there is no such file.");
        // An editor ends the last line.
        byte[] secret = content.AsSpan().TrimEnd("\r\n"u8).ToArray();
        return secret.Length >= ShortestSecret
            ? new SymmetricSecurityKey(secret)
            : throw new IOException($"it is no PEM file, and as a secret it is too short: {secret.Length} bytes instead of {ShortestSecret}.");
    }

    private static ImmutableArray<SecurityKey> PublicKeys(string text, string path)
    {
        ImmutableArray<SecurityKey>.Builder keys = ImmutableArray.CreateBuilder<SecurityKey>();
        ReadOnlySpan<char> rest = text;
        while (PemEncoding.TryFind(rest, out PemFields fields))
        {
            ReadOnlySpan<char> label = rest[fields.Label];
            if (label is not "PUBLIC KEY")
            {
                throw new IOException($"it holds a block '{label}'. Checking tokens takes public keys alone: openssl pkey -in PRIVATE -pubout -out {path}");
            }

            keys.Add(PublicKey(rest[fields.Location].ToString()));
            rest = rest[fields.Location.End..];
        }

        return keys.Count > 0 ? keys.DrainToImmutable() : throw new IOException("it holds no complete PEM block.");
    }

    private static SecurityKey PublicKey(string pem)
    {
        SecurityKey key = TryImport(RSA.Create(), pem) is { } rsa ? new RsaSecurityKey(rsa) : new ECDsaSecurityKey(TryImport(ECDsa.Create(), pem)
            ?? throw new IOException("it holds a key that is neither RSA nor EC."));
        return Algorithms.For(key) is null ? throw new IOException("RSA keys need 2048 bits or more, EC keys the curve P-256.") : key;
    }

    private static T? TryImport<T>(T algorithm, string pem)
        where T : AsymmetricAlgorithm
    {
        try
        {
            algorithm.ImportFromPem(pem);
            return algorithm;
        }
        catch (CryptographicException)
        {
            algorithm.Dispose();
            return null;
        }
    }
}
