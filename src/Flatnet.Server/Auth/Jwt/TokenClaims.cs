using System.Collections.Immutable;
using System.Text.Json;

namespace Flatnet.Server.Auth.Jwt;

/// <summary>Reads what a checked token allows.</summary>
internal static class TokenClaims
{
    private const string Tasks = "tasks";

    private static readonly ImmutableArray<string> ScopeClaims = ["scope", "scp"];

    /// <summary>The scopes of <c>scope</c> or <c>scp</c> (divided by blanks, or an array) and of the roles. Unknown ones are others' (openid, email).</summary>
    public static Scopes ScopesOf(CheckedToken token, string? rolesClaim)
    {
        IEnumerable<string> names = ScopeClaims.SelectMany(claim => token.Claims.TryGetProperty(claim, out JsonElement value) ? Words(value) : []);
        if (rolesClaim is not null)
        {
            names = names.Concat(Words(At(token, rolesClaim)));
        }

        return names.Aggregate(Scopes.None, (all, name) => ScopeNames.TryParse(name, out Scopes scope) ? all | scope : all);
    }

    /// <summary>The tasks that the token is restricted to; null for no restriction.</summary>
    /// <exception cref="FormatException">The claim is there and makes no sense: better no task than all.</exception>
    public static ImmutableArray<string>? TasksOf(CheckedToken token)
    {
        if (!token.Claims.TryGetProperty(Tasks, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("The claim 'tasks' is not an array.");
        }

        return [.. value.EnumerateArray().Select(task => task.ValueKind == JsonValueKind.String && Grant.IsPattern(task.GetString()!)
            ? task.GetString()!
            : throw new FormatException("The claim 'tasks' holds something that is no task's ID."))];
    }

    private static IEnumerable<string> Words(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        JsonValueKind.Array => value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!),
        _ => [],
    };

    // A path: realm_access.roles.
    private static JsonElement At(CheckedToken token, string path)
    {
        string[] names = path.Split('.');
        JsonElement value = token.Claims.TryGetProperty(names[0], out JsonElement first) ? first : default;
        foreach (string name in names.AsSpan(1))
        {
            value = value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement inner) ? inner : default;
        }

        return value;
    }
}
