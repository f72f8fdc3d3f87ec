namespace Flatnet.Server.Auth.Sessions;

/// <summary>What a login gives.</summary>
/// <param name="Token">For the header <c>Authorization</c>.</param>
/// <param name="RefreshToken">For <c>/auth/refresh</c>, once.</param>
/// <param name="ExpiresIn">How many seconds the token is good.</param>
internal sealed record LoginReply(string Token, string RefreshToken, int ExpiresIn)
{
    public override string ToString() => nameof(LoginReply);
}
