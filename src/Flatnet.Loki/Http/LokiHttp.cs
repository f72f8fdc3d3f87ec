using System.Net;
using System.Net.Sockets;

namespace Flatnet.Loki.Http;

/// <summary>Sends requests to Loki and turns every failure into a <see cref="LokiException"/>.</summary>
internal sealed class LokiHttp : IDisposable
{
    /// <summary>An answer larger than this is none.</summary>
    private const int LargestAnswer = 256 * 1024 * 1024;

    /// <summary>The longest wait that a busy Loki may ask for before the caller is told instead.</summary>
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(5);

    private const int RetriesWhenBusy = 2;

    private readonly LokiOptions _options;
    private readonly string _base;
    private readonly HttpClient _client;

    public LokiHttp(LokiOptions options)
    {
        if (options.Url is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            throw new ArgumentException($"'{options.Url}' is not an address of Loki: it must begin with http:// or https://.");
        }

        if (options.Tenant is { } tenant)
        {
            TenantName.Validate(tenant);
        }

        _options = options;
        Server = $"{options.Url.Scheme}://{options.Url.Authority}";
        _base = Server + options.Url.AbsolutePath.TrimEnd('/');

        // A redirect would turn a query into a page to log in.
        Handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            UseProxy = !options.Url.IsLoopback,
            ConnectTimeout = options.Timeout,
        };
        _client = new HttpClient(Handler, disposeHandler: true)
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LargestAnswer,
        };
    }

    /// <summary>The address without path, user and password, for messages.</summary>
    public string Server { get; }

    public SocketsHttpHandler Handler { get; }

    public Uri Address(string path) => new(_base + path);

    /// <summary>The headers of every request.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers()
    {
        if (_options.Tenant is { } tenant)
        {
            yield return new("X-Scope-OrgID", tenant);
        }

        if (_options.Token is { } token)
        {
            yield return new("Authorization", "Bearer " + token);
        }
    }

    /// <summary>The body of a successful answer; waits a little where Loki asks for it.</summary>
    public async Task<byte[]> ReadAsync(Func<HttpRequestMessage> request, CancellationToken cancellation)
    {
        for (var retries = 0; ; retries++)
        {
            using var response = await SendAsync(request(), cancellation).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
            }

            if (response.StatusCode == HttpStatusCode.TooManyRequests && retries < RetriesWhenBusy
                && RetryAfter(response) is var pause && pause <= LongestRetryAfter)
            {
                await Task.Delay(pause, cancellation).ConfigureAwait(false);
                continue;
            }

            throw await FailureAsync(response, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Any answer, whatever its status.</summary>
    /// <exception cref="LokiException">There is none.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_options.Timeout);
        try
        {
            using (request)
            {
                foreach (var (name, value) in Headers())
                {
                    request.Headers.TryAddWithoutValidation(name, value);
                }

                return await _client.SendAsync(request, limit.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new LokiException(
                LokiFailure.Unavailable, $"{Server} did not answer within {_options.Timeout.TotalSeconds:0.#} s", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new LokiException(LokiFailure.Unavailable, $"{Server}: {Reason(exception)}", exception);
        }
    }

    /// <summary>What an answer without success means.</summary>
    public async Task<LokiException> FailureAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var text = await TextAsync(response, cancellation).ConfigureAwait(false);
        return new LokiException(Kind(response.StatusCode), $"{Server} answered {Status(response)}" + (text.Length > 0 ? $": {text}" : ""));
    }

    /// <summary>The beginning of an answer that is text, without the line end that Loki puts behind it.</summary>
    public static async Task<string> TextAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        const int Longest = 2000;
        var text = (await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false)).Trim();
        return text.Length <= Longest ? text : text[..Longest] + "…";
    }

    public static LokiFailure Kind(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => LokiFailure.BadQuery,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => LokiFailure.Unauthorized,
        HttpStatusCode.TooManyRequests => LokiFailure.TooManyRequests,
        _ => LokiFailure.Unavailable,
    };

    public static string Status(HttpResponseMessage response) => $"{(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd();

    public void Dispose() => _client.Dispose();

    private static TimeSpan RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > DateTimeOffset.UtcNow => date - DateTimeOffset.UtcNow,
        _ => TimeSpan.FromSeconds(1),
    };

    /// <summary>The inmost reason: "Connection refused" rather than that the connection could not be established.</summary>
    private static string Reason(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException socket)
            {
                return socket.Message;
            }
        }

        return exception.Message;
    }
}
