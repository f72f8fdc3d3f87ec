using System.Threading.RateLimiting;
using Flatnet.Server.Auth.Files;
using Flatnet.Server.Auth.Users;
using Flatnet.Server.Limits;

namespace Flatnet.Server.Auth.Sessions;

/// <summary>Logs users in, and keeps them in.</summary>
internal sealed partial class LoginService(
    WatchedFile<UserDocument> users, SessionRegister sessions, SessionAuthenticator tokens, RateLimits limits, ILogger<LoginService> logger) : IAsyncDisposable
{
    // A hash takes a core for a quarter of a second. Whoever tries passwords must not take them all.
    private readonly ConcurrencyLimiter _hashing = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = Math.Max(1, Environment.ProcessorCount / 2),
        QueueLimit = 32,
    });

    /// <exception cref="Errors.ApiException">401 if they do not belong together, 429 after too many attempts.</exception>
    public async Task<LoginReply> LoginAsync(LoginRequest request, string address, CancellationToken cancellation)
    {
        limits.Require(RateLimit.Logins, "address:" + address);
        limits.Require(RateLimit.Logins, "user:" + request.Username);
        UserRecord? user = users.Current.Users.FirstOrDefault(user => user.Name == request.Username);
        if (!await MatchesAsync(user?.Password ?? PasswordHash.Nobody, request.Password, cancellation) || user is null)
        {
            LogRefused(address);
            throw AuthErrors.Login();
        }

        LogLogin(user.Name, address);
        return Reply(sessions.Begin(user.Id), user);
    }

    /// <exception cref="Errors.ApiException">401 if it is not good any more.</exception>
    public LoginReply Refresh(string refreshToken) =>
        sessions.Refresh(refreshToken) is { } renewed && tokens.UserOf(renewed.Session) is { } user ? Reply(renewed, user) : throw AuthErrors.Refresh();

    public void Logout(string refreshToken) => sessions.End(refreshToken);

    public ValueTask DisposeAsync() => _hashing.DisposeAsync();

    private LoginReply Reply((Session Session, string RefreshToken) login, UserRecord user) =>
        new(tokens.Issue(login.Session, user), login.RefreshToken, SessionAuthenticator.Lifetime);

    private async Task<bool> MatchesAsync(PasswordHash hash, string password, CancellationToken cancellation)
    {
        using RateLimitLease turn = await _hashing.AcquireAsync(1, cancellation);
        return turn.IsAcquired ? await Task.Run(() => hash.Matches(password), cancellation) : throw RateLimits.Exceeded(TimeSpan.FromSeconds(5));
    }
}
