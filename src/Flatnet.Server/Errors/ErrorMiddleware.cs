using Flatnet.Logs.Wire;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Errors;

/// <summary>Turns whatever goes wrong with a request into an answer, and whatever went wrong here into a log message.</summary>
internal sealed partial class ErrorMiddleware(RequestDelegate next, TimeProvider time, ILogger<ErrorMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (IsBare(context) && ForStatus(context) is { } error)
            {
                await ErrorBody.WriteAsync(context, error, time);
            }
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be told.
            context.Abort();
        }
        catch (Exception error)
        {
            await AnswerAsync(context, error);
        }
    }

    private async Task AnswerAsync(HttpContext context, Exception error)
    {
        ApiException answer = Translate(error);
        if (answer.Status is 500 or 507)
        {
            LogFailure(context.Request.Method, context.Request.Path, error);
        }

        if (context.Response.HasStarted)
        {
            // The asker must see that the rest is missing: a body that ends well would say it is whole.
            context.Abort();
            return;
        }

        // Everything that was prepared for the good case goes, but for the headers that hold for every answer.
        context.Response.Headers.ContentDisposition = default;
        context.Response.Headers.ContentEncoding = default;
        context.Response.ContentLength = null;
        await ErrorBody.WriteAsync(context, answer, time);
    }

    private static ApiException Translate(Exception error) => error switch
    {
        ApiException known => known,
        StoreException { IsFull: true } full => new ApiException(507, ErrorCode.StorageFull, full.Message) { RetryAfter = TimeSpan.FromSeconds(30) },
        // The cause is for the log: it may name files and hosts.
        StoreException => new ApiException(500, ErrorCode.DatabaseError, "The store failed; nothing was changed. Try again; the server's log has the cause."),
        BadHttpRequestException { StatusCode: 413 } => Refusal.TooLarge("The body is longer than accepted."),
        BadHttpRequestException { StatusCode: 408 } => new ApiException(408, ErrorCode.InvalidInput, "The body came too slowly."),
        BadHttpRequestException bad => new ApiException(bad.StatusCode, ErrorCode.InvalidInput, bad.Message),
        _ => new ApiException(500, ErrorCode.InternalServerError, "The server failed; its log has the cause."),
    };

    // Routing answers with a status alone.
    private static bool IsBare(HttpContext context) =>
        context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null };

    private static ApiException? ForStatus(HttpContext context) => context.Response.StatusCode switch
    {
        404 => new ApiException(404, ErrorCode.ResourceNotFound, $"There is nothing at {context.Request.Path}."),
        405 => new ApiException(405, ErrorCode.InvalidInput, $"{context.Request.Method} is not possible at {context.Request.Path}; see the header Allow."),
        415 => new ApiException(415, ErrorCode.UnsupportedMediaType, "The body's media type is not accepted here."),
        _ => null,
    };
}
