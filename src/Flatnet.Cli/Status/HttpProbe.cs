using System.Net.Sockets;

namespace Flatnet.Cli.Status;

/// <summary>Asks a component of Flatnet one question. A failure is an answer here, never an exception.</summary>
internal sealed class HttpProbe : IDisposable
{
    private const int LongestBody = 1 << 20;

    // No proxy: the components are on this machine or its neighbours. No redirects: where one leads is not what was asked about.
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Sends a GET.</summary>
    /// <param name="url">The address.</param>
    /// <param name="timeout">How long the whole exchange may take.</param>
    /// <param name="readBody">Whether the body matters; one of more than 1 MiB is a failure.</param>
    /// <param name="cancellation">Ends the wait with an exception.</param>
    public async Task<HttpAnswer> GetAsync(Uri url, TimeSpan timeout, bool readBody, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        try
        {
            using HttpResponseMessage response = await _client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            byte[] body = [];
            if (readBody)
            {
                await response.Content.LoadIntoBufferAsync(LongestBody, limit.Token);
                body = await response.Content.ReadAsByteArrayAsync(limit.Token);
            }

            return new HttpAnswer(HttpOutcome.Answered, (int)response.StatusCode, body, response.Headers.Date, "");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Without(HttpOutcome.Timeout, "timeout");
        }
        catch (HttpRequestException error)
        {
            return error.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused }
                ? Without(HttpOutcome.Refused, "connection refused")
                : Without(HttpOutcome.Failed, Describe(error));
        }
        catch (IOException)
        {
            return Without(HttpOutcome.Failed, "connection lost");
        }
    }

    public void Dispose() => _client.Dispose();

    private static HttpAnswer Without(HttpOutcome outcome, string problem) => new(outcome, 0, [], null, problem);

    private static string Describe(HttpRequestException error) => error.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "unknown host",
        HttpRequestError.SecureConnectionError => "TLS failed",
        HttpRequestError.ConnectionError when error.InnerException is SocketException socket => socket.SocketErrorCode switch
        {
            SocketError.HostUnreachable => "no route to host",
            SocketError.NetworkUnreachable => "network unreachable",
            _ => "connection failed",
        },
        HttpRequestError.ConfigurationLimitExceeded => "answer too long",
        _ => "no HTTP answer",
    };
}
