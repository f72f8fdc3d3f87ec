using System.Collections.Immutable;
using Flatnet.Server.Auth.Jwt;
using Flatnet.Server.Hosting;
using Flatnet.Settings;

namespace Flatnet.Server.Auth;

internal sealed partial record AuthOptions
{
    private const int ShortestAdminToken = 16;
    private const long OneMinute = 60_000;

    public static ImmutableArray<SettingKey> Keys { get; } =
    [
        new("auth.adminToken", SettingKind.Text, null, "A token that may do everything, to begin with. Without it, a key, a user or an issuer, only this machine is served.")
        {
            Variables = ["FLATNET_ADMIN_TOKEN", "FLATNET_AUTH_ADMIN_TOKEN"],
            IsSecret = true,
        },
        new("auth.keysFile", SettingKind.Text, "keys.json", "The API keys; see flatnetd token. Relative to the data directory.") { Variables = ["FLATNET_AUTH_KEYS_FILE"] },
        new("auth.usersFile", SettingKind.Text, "users.json", "The users with passwords; see flatnetd user. Relative to the data directory.") { Variables = ["FLATNET_AUTH_USERS_FILE"] },
        new("auth.sessionsFile", SettingKind.Text, "sessions.json", "The logins that go on. Relative to the data directory.") { Variables = ["FLATNET_AUTH_SESSIONS_FILE"] },
        new("auth.sessionKeyFile", SettingKind.Text, "session.key", "What signs the tokens of logins; made when it is missing. Relative to the data directory.")
        {
            Variables = ["FLATNET_AUTH_SESSION_KEY_FILE"],
        },
        new("auth.refreshLifetime", SettingKind.Duration, "7d", "How long a login can be refreshed without the password.")
        {
            Variables = ["FLATNET_AUTH_REFRESH_LIFETIME"],
            Least = OneMinute,
        },
        new("auth.jwt.authority", SettingKind.Text, null, "The OpenID provider whose tokens are accepted: its address, as in https://sso.example.com/realms/main.")
        {
            Variables = ["FLATNET_AUTH_JWT_AUTHORITY"],
        },
        new("auth.jwt.keyFile", SettingKind.Text, null, "Instead of a provider: public keys in PEM (RSA or P-256), or a secret of 32 bytes or more for HS256.")
        {
            Variables = ["FLATNET_AUTH_JWT_KEY_FILE"],
        },
        new("auth.jwt.issuer", SettingKind.Text, null, "What iss must be. Default: the authority.") { Variables = ["FLATNET_AUTH_JWT_ISSUER"] },
        new("auth.jwt.audience", SettingKind.Text, "flatnetd", "What aud must be, or hold.") { Variables = ["FLATNET_AUTH_JWT_AUDIENCE"] },
        new("auth.jwt.rolesClaim", SettingKind.Text, null, "A claim whose values are taken as scopes, too: realm_access.roles with Keycloak.")
        {
            Variables = ["FLATNET_AUTH_JWT_ROLES_CLAIM"],
        },
    ];

    /// <exception cref="HostingException">The settings contradict each other.</exception>
    public static AuthOptions From(SettingValues values) => new()
    {
        AdminToken = values.Text("auth.adminToken") is { Length: > 0 and < ShortestAdminToken }
            ? throw new HostingException($"auth.adminToken has fewer than {ShortestAdminToken} characters, which can be guessed. Make one: openssl rand -hex 32")
            : values.Text("auth.adminToken"),
        KeysFile = values.Text("auth.keysFile")!,
        UsersFile = values.Text("auth.usersFile")!,
        SessionsFile = values.Text("auth.sessionsFile")!,
        SessionKeyFile = values.Text("auth.sessionKeyFile")!,
        RefreshLifetime = values.Duration("auth.refreshLifetime"),
        Jwt = JwtOptions.From(values),
    };
}
