using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Flatnet.Agent.Configuration;

namespace Flatnet.Agent.Transport.Http;

/// <summary>The server's REST interface, as far as an agent needs it. One request per call: who calls decides about repeating.</summary>
internal sealed class ServerApi : IDisposable
{
    /// <summary>An answer larger than this is none; scripts are the largest.</summary>
    private const int LargestAnswer = 16 * 1024 * 1024;

    private readonly ApiOptions _options;
    private readonly Credential _credential;
    private readonly TimeProvider _time;
    private readonly Pace _pace;
    private readonly HttpClient _client;

    public ServerApi(ApiOptions options, Credential credential, SocketsHttpHandler handler, TimeProvider time)
    {
        _options = options;
        _credential = credential;
        _time = time;
        _pace = new Pace(options.RequestsPerMinute / 60.0, options.BurstSize, time);
        _client = new HttpClient(handler, disposeHandler: false)
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LargestAnswer,
        };
    }

    /// <summary>Posts lines, each a JSON object with its identity, one below the other.</summary>
    /// <exception cref="ServerException">The server did not take them; those with an identity may be posted again.</exception>
    public async Task<PostedLines> PostLinesAsync(string taskId, ReadOnlyMemory<byte> lines, CancellationToken cancellation)
    {
        var content = new ReadOnlyMemoryContent(lines) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") } };
        return await SendAsync(HttpMethod.Post, Task(taskId) + "/logs", content, ApiJson.Default.PostedLines, cancellation).ConfigureAwait(false);
    }

    /// <summary>The last durable line of a stream; 0 for none.</summary>
    /// <exception cref="ServerException">There is no answer.</exception>
    public async Task<long> LastSequenceAsync(string taskId, string streamId, CancellationToken cancellation)
    {
        string path = $"{Task(taskId)}/streams/{Uri.EscapeDataString(streamId)}";
        StreamPosition position = await SendAsync(HttpMethod.Get, path, null, ApiJson.Default.StreamPosition, cancellation).ConfigureAwait(false);
        return position.LastSequence;
    }

    /// <summary>Says how the task stands.</summary>
    /// <exception cref="ServerException">The server did not take it.</exception>
    public async Task PutStatusAsync(string taskId, TaskReport report, CancellationToken cancellation)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(report, ApiJson.Default.TaskReport))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        };
        await SendAsync(HttpMethod.Put, Task(taskId) + "/status", content, ApiJson.Default.JsonElement, cancellation).ConfigureAwait(false);
    }

    /// <summary>What the task is to run.</summary>
    /// <exception cref="ServerException">There is no answer.</exception>
    public Task<ScriptAnswer> GetScriptAsync(string taskId, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, Task(taskId) + "/script", null, ApiJson.Default.ScriptAnswer, cancellation);

    /// <summary>Asks whether the server is well.</summary>
    /// <exception cref="ServerException">It is not, or does not answer.</exception>
    public async Task CheckHealthAsync(CancellationToken cancellation) =>
        (await AnswerAsync(HttpMethod.Get, ServerUrls.Health(_options.Url), null, cancellation).ConfigureAwait(false)).Dispose();

    public void Dispose() => _client.Dispose();

    private static string Task(string taskId) => "/tasks/" + Uri.EscapeDataString(taskId);

    private async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        var address = new Uri(_options.Url + path);
        using HttpResponseMessage answer = await AnswerAsync(method, address, content, cancellation).ConfigureAwait(false);
        byte[] body = await answer.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        try
        {
            // 204 and an empty 200 are answers too.
            return body.Length == 0 && default(T) is { } nothing ? nothing
                : JsonSerializer.Deserialize(body, type) ?? throw new JsonException("it is null");
        }
        catch (JsonException error)
        {
            throw new ServerException(Refusal.Busy, $"{method} {address}: the answer is not what this interface says: {error.Message}", error);
        }
    }

    /// <summary>A successful answer, with its body.</summary>
    private async Task<HttpResponseMessage> AnswerAsync(HttpMethod method, Uri address, HttpContent? content, CancellationToken cancellation)
    {
        await System.Threading.Tasks.Task.Delay(_pace.Wait(), _time, cancellation).ConfigureAwait(false);
        _pace.Take(1);
        using var request = new HttpRequestMessage(method, address) { Content = content };
        if (_credential.Header is { } header)
        {
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }

        using var limit = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        string what = $"{method} {address}";
        try
        {
            HttpResponseMessage answer = await _client.SendAsync(request, either.Token).ConfigureAwait(false);
            if (answer.IsSuccessStatusCode)
            {
                return answer;
            }

            using (answer)
            {
                throw await RefusedAnswer.ExplainAsync(what, answer, _time, either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new ServerException(Refusal.Unreachable, $"{what}: no answer within {_options.Timeout.TotalSeconds:0.#} s.", error);
        }
        catch (HttpRequestException error)
        {
            throw new ServerException(Refusal.Unreachable, $"{what}: {Reason.Of(error)}.", error);
        }
    }
}
