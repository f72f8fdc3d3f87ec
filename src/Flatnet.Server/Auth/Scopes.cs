namespace Flatnet.Server.Auth;

/// <summary>What a token allows; the names stand in a JWT's <c>scope</c> and in an API key's record.</summary>
[Flags]
internal enum Scopes
{
    None = 0,

    /// <summary><c>logs:read</c>: read, follow, export, search.</summary>
    LogsRead = 1,

    /// <summary><c>logs:write</c>: append lines, report a task's status, read its script.</summary>
    LogsWrite = 2,

    /// <summary><c>logs:delete</c>: delete lines and tasks.</summary>
    LogsDelete = 4,

    /// <summary><c>tasks:write</c>: create tasks and change them.</summary>
    TasksWrite = 8,

    /// <summary><c>admin</c>: everything, the making of tokens included.</summary>
    Admin = 16 | LogsRead | LogsWrite | LogsDelete | TasksWrite,
}
