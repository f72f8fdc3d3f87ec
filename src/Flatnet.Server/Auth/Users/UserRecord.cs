namespace Flatnet.Server.Auth.Users;

/// <summary>A user with a password, as the file keeps it.</summary>
/// <param name="Id">Another one when the name is removed and added again, which ends the logins of before.</param>
/// <param name="Name">The user's name.</param>
/// <param name="Password">The hash.</param>
/// <param name="Grant">What is allowed.</param>
/// <param name="CreatedAt">Since when.</param>
internal sealed record UserRecord(string Id, string Name, PasswordHash Password, Grant Grant, DateTimeOffset CreatedAt)
{
    /// <summary>The asker behind a login.</summary>
    public Principal PrincipalUntil(DateTimeOffset expiresAt) => new("user:" + Name, Grant.Combined, Grant.Tasks, expiresAt);

    public override string ToString() => Name;
}
