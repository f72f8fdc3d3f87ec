using System.Collections.Immutable;

namespace Flatnet.Server.Auth.Users;

/// <summary>The file of users.</summary>
/// <param name="Version">Of its format.</param>
/// <param name="Users">All of them.</param>
internal sealed record UserDocument(int Version, ImmutableArray<UserRecord> Users)
{
    public static readonly UserDocument Empty = new(1, []);

    /// <exception cref="FormatException">It makes no sense.</exception>
    public void Check()
    {
        if (Version != 1)
        {
            throw new FormatException($"It has the version {Version}, and this program knows 1 alone.");
        }

        foreach (UserRecord? user in Users)
        {
            (user ?? throw new FormatException("A user is null.")).Grant.Checked();
            user.Password.Check();
        }
    }
}
