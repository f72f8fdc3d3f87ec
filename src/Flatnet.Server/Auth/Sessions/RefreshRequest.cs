namespace Flatnet.Server.Auth.Sessions;

/// <summary>The body of <c>POST /auth/refresh</c> and <c>/auth/logout</c>.</summary>
/// <param name="RefreshToken">The token of the last login or refresh. It is good once.</param>
/// <param name="Cookie">Whether the new token shall also be set as a cookie that scripts cannot read.</param>
internal sealed record RefreshRequest(string RefreshToken, bool Cookie = false)
{
    public override string ToString() => nameof(RefreshRequest);
}
