using Flatnet.Server.Auth.Files;
using Flatnet.Server.Auth.Jwt;
using Flatnet.Server.Auth.Users;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Flatnet.Server.Auth.Sessions;

/// <summary>Gives and knows the tokens of logins. What a user may do is looked up at each use, not written into the token: who is removed
/// or logs out is out at once.</summary>
internal sealed class SessionAuthenticator(Lazy<SymmetricSecurityKey> key, WatchedFile<SessionDocument> sessions, WatchedFile<UserDocument> users, TimeProvider time)
{
    /// <summary>Issuer and audience of these tokens. No configured issuer may be called so.</summary>
    public const string Issuer = "flatnetd";

    /// <summary>How long a token is good, in seconds.</summary>
    public const int Lifetime = 3600;

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly TokenChecker _checker = new(Issuer, Issuer, time);

    public string Issue(Session session, UserRecord user)
    {
        DateTime now = time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            IssuedAt = now,
            Expires = now.AddSeconds(Lifetime),
            SigningCredentials = new SigningCredentials(key.Value, SecurityAlgorithms.HmacSha256),
            Claims = new Dictionary<string, object>
            {
                [JwtRegisteredClaimNames.Sub] = user.Name,
                [JwtRegisteredClaimNames.Sid] = session.Id,
                ["scope"] = ScopeNames.Text(user.Grant.Combined),
            },
        });
    }

    /// <exception cref="Errors.ApiException">401.</exception>
    public async Task<Principal> AuthenticateAsync(JsonWebToken token)
    {
        CheckedToken good = await _checker.CheckAsync(token, [key.Value]);
        UserRecord? user = good.Text(JwtRegisteredClaimNames.Sid) is { } id
            && sessions.Current.Sessions.FirstOrDefault(session => session.Id == id) is { } session ? UserOf(session) : null;
        return user?.PrincipalUntil(good.ExpiresAt) ?? throw AuthErrors.Expired();
    }

    /// <summary>Whose login it is; null if the user was removed.</summary>
    public UserRecord? UserOf(Session session) => users.Current.Users.FirstOrDefault(user => user.Id == session.UserId);
}
