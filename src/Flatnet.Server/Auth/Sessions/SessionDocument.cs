using System.Collections.Immutable;

namespace Flatnet.Server.Auth.Sessions;

/// <summary>The file of logins.</summary>
/// <param name="Version">Of its format.</param>
/// <param name="Sessions">Those that had not expired when it was written.</param>
internal sealed record SessionDocument(int Version, ImmutableArray<Session> Sessions)
{
    public static readonly SessionDocument Empty = new(1, []);

    /// <exception cref="FormatException">It makes no sense.</exception>
    public void Check()
    {
        if (Version != 1)
        {
            throw new FormatException($"It has the version {Version}, and this program knows 1 alone.");
        }

        if (Sessions.Any(session => session is null))
        {
            throw new FormatException("A login is null.");
        }
    }
}
