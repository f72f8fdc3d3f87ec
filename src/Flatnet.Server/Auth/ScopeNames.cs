namespace Flatnet.Server.Auth;

/// <summary>The scopes' names in tokens.</summary>
internal static class ScopeNames
{
    private static readonly (string Name, Scopes Scope)[] All =
    [
        ("admin", Scopes.Admin),
        ("logs:read", Scopes.LogsRead),
        ("logs:write", Scopes.LogsWrite),
        ("logs:delete", Scopes.LogsDelete),
        ("tasks:write", Scopes.TasksWrite),
    ];

    /// <summary>The names, divided by blanks, as in a JWT's <c>scope</c>.</summary>
    public static string Text(Scopes scopes) => scopes == Scopes.Admin
        ? "admin"
        : string.Join(' ', All.Where(item => item.Scope != Scopes.Admin && (scopes & item.Scope) != 0).Select(item => item.Name));

    /// <summary>One name's scope; false for an unknown one.</summary>
    public static bool TryParse(string name, out Scopes scope)
    {
        scope = Array.Find(All, item => item.Name == name).Scope;
        return scope != Scopes.None;
    }
}
