using System.Text.Json.Serialization;

namespace Flatnet.Server.Auth.Keys;

/// <summary>An API key, as its file keeps it.</summary>
/// <param name="Id">Names it; stands in the key itself.</param>
/// <param name="Name">What its owner calls it; no two are alike.</param>
/// <param name="Hash">The SHA-256 of its secret.</param>
/// <param name="Grant">What it allows.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="ExpiresAt">Until when; null for ever.</param>
internal sealed record ApiKey(string Id, string Name, byte[] Hash, Grant Grant, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt = null)
{
    /// <summary>How every key begins, so that tools which look for leaked secrets know one.</summary>
    public const string Prefix = "fnk_";

    [JsonIgnore]
    public Principal Principal => new("key:" + Name, Grant.Combined, Grant.Tasks, ExpiresAt);

    public override string ToString() => $"{Id} {Name}";
}
