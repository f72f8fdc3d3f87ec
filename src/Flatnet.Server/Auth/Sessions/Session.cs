namespace Flatnet.Server.Auth.Sessions;

/// <summary>A login and all that was refreshed from it.</summary>
/// <param name="Id">Names it; stands in its refresh tokens.</param>
/// <param name="UserId">Whose.</param>
/// <param name="Hash">The SHA-256 of the one refresh token that is good now.</param>
/// <param name="ExpiresAt">Until when it can be refreshed.</param>
internal sealed record Session(string Id, string UserId, byte[] Hash, DateTimeOffset ExpiresAt)
{
    /// <summary>How every refresh token begins.</summary>
    public const string Prefix = "fnr_";

    public override string ToString() => Id;
}
