using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Flatnet.Logs.Wire;
using Flatnet.Server.Auth.Origins;
using Flatnet.Server.Auth.Requests;
using Flatnet.Server.Errors;
using Flatnet.Server.Limits;

namespace Flatnet.Server.Auth.Sessions;

/// <summary><c>/api/v1/auth</c>: log in with a password, go on without one, log out.</summary>
internal static class LoginEndpoints
{
    private const int LargestBody = 16 * 1024;

    public static async Task<IResult> LoginAsync(HttpContext context, LoginService logins, OriginPolicy origins)
    {
        LoginRequest request = await ReadAsync(context, AuthJson.Default.LoginRequest);
        CheckOrigin(context, origins);
        return Reply(context, await logins.LoginAsync(request, LimitExtensions.AddressOf(context), context.RequestAborted), request.Cookie);
    }

    public static async Task<IResult> RefreshAsync(HttpContext context, LoginService logins, OriginPolicy origins)
    {
        RefreshRequest request = await ReadAsync(context, AuthJson.Default.RefreshRequest);
        CheckOrigin(context, origins);
        return Reply(context, logins.Refresh(request.RefreshToken), request.Cookie);
    }

    public static async Task<IResult> LogoutAsync(HttpContext context, LoginService logins)
    {
        RefreshRequest request = await ReadAsync(context, AuthJson.Default.RefreshRequest);
        logins.Logout(request.RefreshToken);
        SessionCookie.Clear(context);
        return Results.NoContent();
    }

    private static IResult Reply(HttpContext context, LoginReply reply, bool cookie)
    {
        if (cookie)
        {
            SessionCookie.Set(context, reply.Token, reply.ExpiresIn);
        }

        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(reply, AuthJson.Default.LoginReply);
    }

    // A page of another site must not log a browser in as somebody else.
    private static void CheckOrigin(HttpContext context, OriginPolicy origins)
    {
        if (!origins.Allows(context.Request))
        {
            throw AuthErrors.Origin();
        }
    }

    private static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new ApiException(415, ErrorCode.UnsupportedMediaType, "The body must be application/json.");
        }

        if (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = LargestBody;
        }

        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted) ?? throw Missing(type);
        }
        catch (JsonException)
        {
            // Not its message, which may quote the body.
            throw Missing(type);
        }
    }

    private static ApiException Missing(JsonTypeInfo type) => new(
        400,
        ErrorCode.ValidationError,
        $"The body must be a JSON object with {string.Join(", ", type.Properties.Select(property => property.IsRequired ? property.Name : property.Name + " (optional)"))}, and nothing else.");
}
