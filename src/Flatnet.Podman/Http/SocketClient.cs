using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Flatnet.Podman.Json;

namespace Flatnet.Podman.Http;

/// <summary>Asks the engine behind one socket; every failure is an <see cref="EngineException"/>.</summary>
internal sealed class SocketClient : IDisposable
{
    private const int LongestError = 8 * 1024;

    private readonly TimeSpan _timeout;
    private readonly HttpClient _http;

    /// <summary>A client that has not connected yet.</summary>
    /// <param name="path">The socket.</param>
    /// <param name="timeout">How long a whole answer may take; streams are not limited.</param>
    public SocketClient(string path, TimeSpan timeout)
    {
        Path = path;
        Name = $"Podman at unix://{path}";
        _timeout = timeout;
        // The host's name is never looked up; it only has to be there.
        _http = new HttpClient(Handler(path)) { BaseAddress = new Uri("http://podman"), Timeout = Timeout.InfiniteTimeSpan };
        // A kept connection may be closed, by a service that ends after 5 s of silence, just when the next request goes out.
        _http.DefaultRequestHeaders.ConnectionClose = true;
    }

    /// <summary>The socket's path.</summary>
    public string Path { get; }

    /// <summary>The engine as errors name it.</summary>
    public string Name { get; }

    /// <summary>Connects and hangs up, to see whether somebody listens.</summary>
    public Task ProbeAsync(CancellationToken cancellation)
    {
        return LimitAsync(async limit =>
        {
            await using Stream stream = await ConnectAsync(Path, limit).ConfigureAwait(false);
            return true;
        }, cancellation);
    }

    /// <summary>Reads an answer that is JSON of this kind, whole.</summary>
    public Task<JsonDocument> GetAsync(string pathAndQuery, JsonValueKind kind, CancellationToken cancellation)
    {
        return LimitAsync(async limit =>
        {
            await using Stream body = await OpenBodyAsync(pathAndQuery, limit).ConfigureAwait(false);
            JsonDocument document = await JsonDocument.ParseAsync(body, default, limit).ConfigureAwait(false);
            return document.RootElement.ValueKind == kind ? document : throw new JsonException($"it is no JSON {kind.ToString().ToLowerInvariant()}");
        }, cancellation);
    }

    /// <summary>Reads what inspecting a container returns.</summary>
    /// <returns>Null when there is no such container.</returns>
    public async Task<JsonDocument?> FindContainerAsync(string pathAndQuery, CancellationToken cancellation)
    {
        try
        {
            return await GetAsync(pathAndQuery, JsonValueKind.Object, cancellation).ConfigureAwait(false);
        }
        catch (EngineException refusal) when (IsNoSuchContainer(refusal))
        {
            return null;
        }
    }

    /// <summary>Opens an answer that is read as it comes, and begins whenever it likes.</summary>
    public Task<Stream> OpenAsync(string pathAndQuery, CancellationToken cancellation)
    {
        return TranslateAsync(() => OpenBodyAsync(pathAndQuery, cancellation));
    }

    /// <summary>Opens an answer that is read as it comes, but begins at once.</summary>
    public Task<Stream> OpenPromptAsync(string pathAndQuery, CancellationToken cancellation)
    {
        return LimitAsync(limit => OpenBodyAsync(pathAndQuery, limit), cancellation);
    }

    public void Dispose()
    {
        _http.Dispose();
    }

    private static SocketsHttpHandler Handler(string path)
    {
        return new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) => await ConnectAsync(path, cancellation).ConfigureAwait(false),
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
        };
    }

    private static async Task<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<Stream> OpenBodyAsync(string pathAndQuery, CancellationToken cancellation)
    {
        HttpResponseMessage response = await _http.GetAsync(pathAndQuery, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
        {
            return await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        }

        using (response)
        {
            throw EngineErrors.Refused(Name, (int)response.StatusCode, await ReasonAsync(response, cancellation).ConfigureAwait(false));
        }
    }

    // Podman says {"cause","message","response"}, where the message has the cause at its end; a proxy may say anything.
    private static async Task<string> ReasonAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using Stream body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        byte[] bytes = new byte[LongestError];
        int length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        string text;
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes.AsMemory(0, length));
            text = document.RootElement.Text("message");
        }
        catch (JsonException)
        {
            text = Encoding.UTF8.GetString(bytes, 0, length).Trim().Split('\n')[0].Trim();
        }

        return text.Length > 0 ? text : $"status {(int)response.StatusCode}";
    }

    // An ambiguous ID has the same status.
    private static bool IsNoSuchContainer(EngineException refusal)
    {
        return refusal.Status == 404 && refusal.Message.Contains("no such container", StringComparison.OrdinalIgnoreCase);
    }

    private async Task<T> LimitAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_timeout);
        try
        {
            return await TranslateAsync(() => ask(limit.Token)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw EngineErrors.Slow(Name, _timeout);
        }
    }

    private async Task<T> TranslateAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (HttpRequestException problem) when (problem.InnerException is SocketException inner)
        {
            throw EngineErrors.NotConnected(Path, inner);
        }
        catch (SocketException problem)
        {
            throw EngineErrors.NotConnected(Path, problem);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or JsonException)
        {
            throw EngineErrors.NoAnswer(Name, problem);
        }
    }
}
