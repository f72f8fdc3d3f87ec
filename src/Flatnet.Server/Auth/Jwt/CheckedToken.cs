using System.Text.Json;

namespace Flatnet.Server.Auth.Jwt;

/// <summary>A token that was signed by whom we trust, for us, for now.</summary>
/// <param name="Claims">All that it says: a JSON object.</param>
/// <param name="ExpiresAt">Until when.</param>
internal sealed record CheckedToken(JsonElement Claims, DateTimeOffset ExpiresAt)
{
    /// <summary>A claim that is a text; null for none.</summary>
    public string? Text(string claim) =>
        Claims.TryGetProperty(claim, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public override string ToString() => nameof(CheckedToken);
}
