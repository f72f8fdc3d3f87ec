using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Flatnet.Podman.Json;

namespace Flatnet.Podman.Http;

/// <summary>Asks the engine behind one socket; every failure is an <see cref="EngineException"/>.</summary>
/// <param name="path">The socket.</param>
/// <param name="timeout">How long a whole answer may take; streams are not limited.</param>
internal sealed class SocketClient(string path, TimeSpan timeout)
{
    private const int NotFound = 404;
    private const int LongestError = 8 * 1024;

    /// <summary>The engine as errors name it.</summary>
    public string Name { get; } = $"Podman at unix://{path}";

    /// <summary>The socket's path.</summary>
    public string Path => path;

    /// <summary>Connects and hangs up, to see whether somebody listens.</summary>
    public Task ProbeAsync(CancellationToken cancellation)
    {
        return LimitAsync(async limit =>
        {
            using Socket socket = await UnixHttp.ConnectAsync(path, limit).ConfigureAwait(false);
            return true;
        }, cancellation);
    }

    /// <summary>Reads an answer that is JSON of this kind, whole.</summary>
    public Task<JsonDocument> GetAsync(string pathAndQuery, JsonValueKind kind, CancellationToken cancellation)
    {
        return LimitAsync(async limit =>
        {
            HttpReply reply = await UnixHttp.GetAsync(path, pathAndQuery, limit).ConfigureAwait(false);
            await using Stream body = reply.Body;
            if (!reply.Succeeded)
            {
                throw await RefusalAsync(reply, limit).ConfigureAwait(false);
            }

            JsonDocument document = await JsonDocument.ParseAsync(body, default, limit).ConfigureAwait(false);
            return document.RootElement.ValueKind == kind ? document : throw new JsonException($"it is no JSON {kind.ToString().ToLowerInvariant()}");
        }, cancellation);
    }

    /// <summary>Reads an answer that is a JSON object.</summary>
    /// <returns>Null when there is no such thing.</returns>
    public async Task<JsonDocument?> FindAsync(string pathAndQuery, CancellationToken cancellation)
    {
        try
        {
            return await GetAsync(pathAndQuery, JsonValueKind.Object, cancellation).ConfigureAwait(false);
        }
        catch (EngineException refusal) when (refusal.Status == NotFound)
        {
            return null;
        }
    }

    /// <summary>Opens an answer that is read as it comes.</summary>
    public async Task<Stream> OpenAsync(string pathAndQuery, CancellationToken cancellation)
    {
        return await TranslateAsync(async () =>
        {
            HttpReply reply = await UnixHttp.GetAsync(path, pathAndQuery, cancellation).ConfigureAwait(false);
            if (reply.Succeeded)
            {
                return reply.Body;
            }

            await using (reply.Body)
            {
                throw await LimitAsync(limit => RefusalAsync(reply, limit), cancellation).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }

    private async Task<T> LimitAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        try
        {
            return await TranslateAsync(() => ask(limit.Token)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw EngineErrors.Slow(Name, timeout);
        }
    }

    private async Task<T> TranslateAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (SocketException problem)
        {
            throw EngineErrors.NotConnected(path, problem);
        }
        catch (Exception problem) when (problem is HttpException or JsonException)
        {
            throw EngineErrors.NoAnswer(Name, problem);
        }
    }

    private async Task<EngineException> RefusalAsync(HttpReply reply, CancellationToken cancellation)
    {
        byte[] text = new byte[LongestError];
        int length = await reply.Body.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        return EngineErrors.Refused(Name, reply.Status, TextOf(reply.Status, text.AsMemory(0, length)));
    }

    // Podman says {"cause","message","response"}, where the message has the cause at its end; a proxy may say anything.
    private static string TextOf(int status, ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            string message = document.RootElement.Text("message");
            return message.Length > 0 ? message : $"status {status}";
        }
        catch (JsonException)
        {
            string line = Encoding.UTF8.GetString(body.Span).Trim().Split('\n')[0].Trim();
            return line.Length > 0 ? line : $"status {status}";
        }
    }
}
