using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Flatnet.Logs.Wire;

namespace Flatnet.Agent.Transport.Http;

/// <summary>What an answer that is not a success means.</summary>
internal static class RefusedAnswer
{
    /// <summary>The refusal by its status and, where it is the server itself that speaks, its own code.</summary>
    public static Refusal Classify(HttpStatusCode status, string? code = null) => status switch
    {
        HttpStatusCode.Unauthorized => Refusal.Unauthorized,
        HttpStatusCode.Forbidden => Refusal.Forbidden,
        HttpStatusCode.NotFound => Refusal.NotFound,
        HttpStatusCode.RequestEntityTooLarge => Refusal.TooLarge,
        HttpStatusCode.TooManyRequests => Refusal.Throttled,
        // Only in the server's own words: a proxy's 400 must never cost a line.
        HttpStatusCode.BadRequest when code is ErrorCode.InvalidLogFormat or ErrorCode.ValidationError or ErrorCode.InvalidInput => Refusal.Invalid,
        _ => Refusal.Busy,
    };

    public static async Task<ServerException> ExplainAsync(string what, HttpResponseMessage answer, TimeProvider time, CancellationToken cancellation)
    {
        ErrorAnswer.Content? error = await ReadAsync(answer, cancellation).ConfigureAwait(false);
        string detail = error?.Message is { Length: > 0 } message ? $"{(int)answer.StatusCode} {error.Code}: {message}" : $"{(int)answer.StatusCode} {answer.ReasonPhrase}";
        return new ServerException(Classify(answer.StatusCode, error?.Code), $"{what}: the server answered {detail.TrimEnd('.', ' ')}.")
        {
            RetryAfter = RetryAfter(answer.Headers.RetryAfter, time),
        };
    }

    /// <summary>The pause that a <c>Retry-After</c> header asks for.</summary>
    public static TimeSpan? RetryAfter(RetryConditionHeaderValue? header, TimeProvider time) => header switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > time.GetUtcNow() ? date - time.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };

    private static async Task<ErrorAnswer.Content?> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            byte[] body = await answer.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
            return body.Length > 0 ? JsonSerializer.Deserialize(body, ApiJson.Default.ErrorAnswer)?.Error : null;
        }
        catch (JsonException)
        {
            // A proxy's page.
            return null;
        }
    }
}
