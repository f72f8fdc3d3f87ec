using System.Collections.Immutable;
using Flatnet.Server.Auth.Jwt;

namespace Flatnet.Server.Auth;

/// <summary>Who may do what.</summary>
internal sealed partial record AuthOptions
{
    /// <summary>Where relative paths begin.</summary>
    public string Directory { get; init; } = ".";

    /// <summary>A credential that may do everything, for the beginning; null for none.</summary>
    public string? AdminToken { get; init; }

    /// <summary>The API keys.</summary>
    public string KeysFile { get; init; } = "keys.json";

    /// <summary>The users who log in with a password.</summary>
    public string UsersFile { get; init; } = "users.json";

    /// <summary>The logins that can be refreshed.</summary>
    public string SessionsFile { get; init; } = "sessions.json";

    /// <summary>What signs the tokens of logins; made at the first one.</summary>
    public string SessionKeyFile { get; init; } = "session.key";

    /// <summary>How long a login can be refreshed without a password.</summary>
    public TimeSpan RefreshLifetime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The tokens of others; null if none are accepted.</summary>
    public JwtOptions? Jwt { get; init; }

    /// <summary>The web pages of other hosts that may use the interface; see <see cref="Origins.OriginPolicy"/>.</summary>
    public ImmutableArray<string> AllowedOrigins { get; init; } = [];

    /// <summary>Whether anybody can prove who it is. Until then the server must be reachable from its own machine alone.</summary>
    public bool IsConfigured => AdminToken is not null || Jwt is not null || File.Exists(PathOf(KeysFile)) || File.Exists(PathOf(UsersFile));

    public string PathOf(string file) => Path.Combine(Directory, file);

    // Without the admin token, which must not reach a log by being printed with the rest.
    public override string ToString() => $"{nameof(AuthOptions)} {{ {nameof(Directory)} = {Directory}, {nameof(IsConfigured)} = {IsConfigured} }}";
}
