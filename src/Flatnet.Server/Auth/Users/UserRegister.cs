using System.Collections.Immutable;
using Flatnet.Server.Auth.Files;

namespace Flatnet.Server.Auth.Users;

/// <summary>Adds, lists and removes users: in the file, whether a server runs or not.</summary>
internal sealed class UserRegister(string path, TimeProvider time)
{
    private const int ShortestPassword = 12;
    private const int LongestPassword = 1024;

    private readonly Document<UserDocument> _document = DocumentAt(path);

    public static Document<UserDocument> DocumentAt(string path) => new(path, AuthJson.Default.UserDocument, UserDocument.Empty, document => document.Check());

    public ImmutableArray<UserRecord> List() => _document.Read().Users;

    /// <exception cref="FormatException">The name, the password or the grant makes no sense, or the name is taken.</exception>
    public UserRecord Add(string name, string password, Grant grant)
    {
        AccountName.Check(name);
        grant.Checked();
        if (password.Length is < ShortestPassword or > LongestPassword)
        {
            throw new FormatException($"The password must have {ShortestPassword} to {LongestPassword} characters.");
        }

        var user = new UserRecord(Secrets.CreateId(), name, PasswordHash.Create(password), grant, time.GetUtcNow());
        return _document.Change(document => document.Users.Any(other => other.Name == name)
            ? throw new FormatException($"There is a user '{name}' already. Remove it first: flatnetd user remove {name}")
            : (document with { Users = document.Users.Add(user) }, user));
    }

    /// <returns>False if there is none of that name.</returns>
    public bool Remove(string name) => _document.Change(document =>
    {
        ImmutableArray<UserRecord> kept = document.Users.RemoveAll(user => user.Name == name);
        return kept.Length == document.Users.Length ? (document, false) : (document with { Users = kept }, true);
    });
}
