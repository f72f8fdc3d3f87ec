using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Flatnet.Server.Auth.Jwt;

/// <summary>Which algorithm a key is for. The token does not choose: if it could, a public RSA key would serve as the secret of an HMAC.</summary>
internal static class Algorithms
{
    private const int ShortestRsaKey = 2048;
    private const int ShortestSecret = 256;

    /// <summary>The one algorithm; null for a key that is not accepted.</summary>
    public static string? For(SecurityKey key) => key switch
    {
        SymmetricSecurityKey { KeySize: >= ShortestSecret } => SecurityAlgorithms.HmacSha256,
        RsaSecurityKey { KeySize: >= ShortestRsaKey } => SecurityAlgorithms.RsaSha256,
        ECDsaSecurityKey { ECDsa.KeySize: 256 } => SecurityAlgorithms.EcdsaSha256,
        X509SecurityKey { PublicKey: RSA { KeySize: >= ShortestRsaKey } } => SecurityAlgorithms.RsaSha256,
        X509SecurityKey { PublicKey: ECDsa { KeySize: 256 } } => SecurityAlgorithms.EcdsaSha256,
        _ => null,
    };
}
