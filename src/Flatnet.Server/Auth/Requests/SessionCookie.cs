namespace Flatnet.Server.Auth.Requests;

/// <summary>The token of a login as a cookie, for browsers: scripts cannot read it, and no other site's page can make the browser send it.</summary>
internal static class SessionCookie
{
    public const string Name = "flatnet_token";

    public static void Set(HttpContext context, string token, int lifetime) =>
        context.Response.Cookies.Append(Name, token, OptionsFor(context, TimeSpan.FromSeconds(lifetime)));

    public static void Clear(HttpContext context) => context.Response.Cookies.Delete(Name, OptionsFor(context, null));

    private static CookieOptions OptionsFor(HttpContext context, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = "/",
        MaxAge = lifetime,
    };
}
