using Flatnet.Server.Auth.Sessions;
using Flatnet.Server.Hosting;
using Flatnet.Settings;

namespace Flatnet.Server.Auth.Jwt;

/// <summary>Which JSON Web Tokens are accepted.</summary>
internal sealed record JwtOptions
{
    /// <summary>The issuer, as <c>iss</c> names it.</summary>
    public required string Issuer { get; init; }

    /// <summary>This server, as <c>aud</c> names it.</summary>
    public required string Audience { get; init; }

    /// <summary>The file of keys: public keys in PEM, or a secret of 32 bytes or more. Null with <see cref="Authority"/>.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The OpenID provider that publishes the keys; null with <see cref="KeyFile"/>.</summary>
    public Uri? Authority { get; init; }

    /// <summary>A claim whose values are taken as scopes, too: <c>realm_access.roles</c> with Keycloak. Null for none.</summary>
    public string? RolesClaim { get; init; }

    /// <summary>Null if no tokens are to be accepted.</summary>
    /// <exception cref="HostingException">The settings contradict each other.</exception>
    public static JwtOptions? From(SettingValues values)
    {
        string? authority = values.Text("auth.jwt.authority");
        string? keyFile = values.Text("auth.jwt.keyFile");
        string? issuer = values.Text("auth.jwt.issuer") ?? authority;
        return (authority, keyFile, issuer) switch
        {
            (null, null, null) => null,
            (null, null, _) => throw new HostingException("auth.jwt.issuer is set, but nothing says where its keys are: set auth.jwt.authority or auth.jwt.keyFile."),
            (not null, not null, _) => throw new HostingException("auth.jwt.authority and auth.jwt.keyFile are both set; keys come from one of them."),
            (_, _, null) => throw new HostingException("auth.jwt.keyFile is set, but auth.jwt.issuer is not: any token that the key signed for something else would be accepted."),
            (_, _, SessionAuthenticator.Issuer) => throw new HostingException($"auth.jwt.issuer is '{SessionAuthenticator.Issuer}', which is the name of this server's own tokens."),
            _ => new JwtOptions
            {
                Issuer = issuer,
                Audience = values.Text("auth.jwt.audience")!,
                KeyFile = keyFile,
                Authority = authority is null ? null : AddressOf(authority),
                RolesClaim = values.Text("auth.jwt.rolesClaim"),
            },
        };
    }

    // Who can change the keys on their way can make tokens.
    private static Uri AddressOf(string authority) =>
        Uri.TryCreate(authority, UriKind.Absolute, out Uri? address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? address
            : throw new HostingException($"auth.jwt.authority is '{authority}'; it must be an https:// address (http:// on this machine alone).");
}
