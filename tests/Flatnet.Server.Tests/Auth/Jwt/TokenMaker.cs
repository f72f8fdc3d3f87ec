using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Flatnet.Server.Tests.Auth.Jwt;

/// <summary>Makes tokens by hand, good and bad ones: the library that checks them would not make the bad ones.</summary>
internal static class TokenMaker
{
    public const string Issuer = "https://issuer.example";
    public const string Audience = "flatnetd";

    public static Dictionary<string, object?> Claims(DateTimeOffset now) => new()
    {
        ["iss"] = Issuer,
        ["aud"] = Audience,
        ["sub"] = "ada",
        ["exp"] = now.AddMinutes(10).ToUnixTimeSeconds(),
        ["scope"] = "openid logs:read",
    };

    public static string Sign(Dictionary<string, object?> claims, RSA key, string? keyId = null) =>
        Make(Header("RS256", keyId), claims, data => key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public static string Sign(Dictionary<string, object?> claims, ECDsa key) =>
        Make(Header("ES256", null), claims, data => key.SignData(data, HashAlgorithmName.SHA256));

    public static string Sign(Dictionary<string, object?> claims, byte[] secret, string algorithm = "HS256", string? keyId = null) =>
        Make(Header(algorithm, keyId), claims, data => HMACSHA256.HashData(secret, data));

    public static string Make(object header, object claims, Func<byte[], byte[]> sign)
    {
        string content = $"{Encode(header)}.{Encode(claims)}";
        return $"{content}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(content)))}";
    }

    public static Dictionary<string, object?> Header(string algorithm, string? keyId)
    {
        Dictionary<string, object?> header = new() { ["alg"] = algorithm, ["typ"] = "JWT" };
        if (keyId is not null)
        {
            header["kid"] = keyId;
        }

        return header;
    }

    private static string Encode(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
