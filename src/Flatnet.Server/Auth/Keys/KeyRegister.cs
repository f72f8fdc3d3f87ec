using System.Collections.Immutable;
using Flatnet.Server.Auth.Files;

namespace Flatnet.Server.Auth.Keys;

/// <summary>Makes, lists and ends API keys: in the file, whether a server runs or not.</summary>
internal sealed class KeyRegister(string path, TimeProvider time)
{
    private readonly Document<KeyDocument> _document = DocumentAt(path);

    public static Document<KeyDocument> DocumentAt(string path) => new(path, AuthJson.Default.KeyDocument, KeyDocument.Empty, document => document.Check());

    public ImmutableArray<ApiKey> List() => _document.Read().Keys;

    /// <summary>Makes a key.</summary>
    /// <returns>Its record, and the key itself, which is kept nowhere.</returns>
    /// <exception cref="FormatException">The name or the grant makes no sense, or the name is taken.</exception>
    public (ApiKey Record, string Key) Create(string name, Grant grant, TimeSpan? lifetime)
    {
        AccountName.Check(name);
        grant.Checked();
        return _document.Change(document =>
        {
            if (document.Keys.FirstOrDefault(key => key.Name == name) is { } taken)
            {
                throw new FormatException($"There is a key '{name}' already ({taken.Id}). Choose another name, or revoke it first: flatnetd token revoke {taken.Id}");
            }

            string secret = Secrets.Create();
            DateTimeOffset now = time.GetUtcNow();
            var key = new ApiKey(Secrets.CreateId(), name, Secrets.Hash(secret), grant, now, now + lifetime);
            return (document with { Keys = document.Keys.Add(key) }, (key, $"{ApiKey.Prefix}{key.Id}_{secret}"));
        });
    }

    /// <summary>Ends a key.</summary>
    /// <param name="idOrName">Which.</param>
    /// <returns>False if there is none.</returns>
    public bool Revoke(string idOrName) => _document.Change(document =>
    {
        ImmutableArray<ApiKey> kept = document.Keys.RemoveAll(key => key.Id == idOrName || key.Name == idOrName);
        return kept.Length == document.Keys.Length ? (document, false) : (document with { Keys = kept }, true);
    });
}
