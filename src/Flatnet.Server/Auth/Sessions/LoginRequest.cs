namespace Flatnet.Server.Auth.Sessions;

/// <summary>The body of <c>POST /auth/login</c>.</summary>
/// <param name="Username">Who.</param>
/// <param name="Password">The password.</param>
/// <param name="Cookie">Whether the token shall also be set as a cookie that scripts cannot read.</param>
internal sealed record LoginRequest(string Username, string Password, bool Cookie = false)
{
    public override string ToString() => Username;
}
