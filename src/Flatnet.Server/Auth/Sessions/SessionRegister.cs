using System.Collections.Immutable;
using Flatnet.Server.Auth.Files;

namespace Flatnet.Server.Auth.Sessions;

/// <summary>The logins that can be refreshed. Each refresh token is good once: if one comes again, either its owner or a thief has an old
/// one, nobody knows which, and the login ends (RFC 9700, section 4.14.2).</summary>
internal sealed class SessionRegister(string path, TimeSpan lifetime, TimeProvider time)
{
    // A user who logs in again and again without logging out must not fill the disk: the oldest login ends.
    private const int MostPerUser = 50;

    private readonly Document<SessionDocument> _document = new(path, AuthJson.Default.SessionDocument, SessionDocument.Empty, document => document.Check());

    /// <summary>Begins one.</summary>
    /// <returns>It, and its first refresh token.</returns>
    public (Session Session, string RefreshToken) Begin(string userId) => _document.Change(document =>
    {
        ImmutableArray<Session> alive = Alive(document);
        Session[] own = [.. alive.Where(session => session.UserId == userId)];
        (Session session, string token) = Renewed(new Session(Secrets.CreateId(), userId, [], default));
        return (document with { Sessions = alive.RemoveRange(own[..Math.Max(0, own.Length - MostPerUser + 1)]).Add(session) }, (session, token));
    });

    /// <summary>Takes a refresh token and gives the next one.</summary>
    /// <returns>Null if it is not good; the login is over if it was good once.</returns>
    public (Session Session, string RefreshToken)? Refresh(string refreshToken) =>
        Secrets.TrySplit(refreshToken, Session.Prefix, out string id, out string secret)
            ? _document.Change<(Session, string)?>(document =>
            {
                ImmutableArray<Session> alive = Alive(document);
                if (alive.FirstOrDefault(session => session.Id == id) is not { } session)
                {
                    return (document, null);
                }

                if (!Secrets.Matches(secret, session.Hash))
                {
                    return (document with { Sessions = alive.Remove(session) }, null);
                }

                (Session renewed, string token) = Renewed(session);
                return (document with { Sessions = alive.Replace(session, renewed) }, (renewed, token));
            })
            : null;

    /// <summary>Ends the login that a refresh token belongs to.</summary>
    public void End(string refreshToken)
    {
        if (Secrets.TrySplit(refreshToken, Session.Prefix, out string id, out string secret))
        {
            _document.Change(document => document.Sessions.FirstOrDefault(session => session.Id == id) is { } session && Secrets.Matches(secret, session.Hash)
                ? (document with { Sessions = document.Sessions.Remove(session) }, true)
                : (document, false));
        }
    }

    /// <summary>Whether a login goes on.</summary>
    public WatchedFile<SessionDocument> Watch(Action<Exception> onBroken) => _document.Watch(onBroken);

    private ImmutableArray<Session> Alive(SessionDocument document) =>
        document.Sessions.RemoveAll(session => session.ExpiresAt <= time.GetUtcNow());

    private (Session Session, string RefreshToken) Renewed(Session session)
    {
        string secret = Secrets.Create();
        return (session with { Hash = Secrets.Hash(secret), ExpiresAt = time.GetUtcNow() + lifetime }, $"{Session.Prefix}{session.Id}_{secret}");
    }
}
