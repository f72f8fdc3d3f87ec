using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Flatnet.Cli.Configuration;
using Flatnet.Cli.Hosting;
using Flatnet.Logs;
using Flatnet.Logs.Times;
using Flatnet.Logs.Wire;

namespace Flatnet.Cli.Logs;

/// <summary>The tasks' logs on a log server.</summary>
/// <param name="server">The server's address.</param>
/// <param name="token">A JWT or an API key; null without one.</param>
/// <param name="note">Told what a person should know.</param>
internal sealed class TaskLogs(Uri server, string? token, Action<string> note)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A task's lines in their order: the last ones, or those after a cursor, and with <paramref name="follow"/> what comes after them, until
    /// the task ends. A lost connection is made again and goes on after the last line.
    /// </summary>
    /// <exception cref="CommandException">There is no such task, or the server does not show it.</exception>
    /// <exception cref="SourceUnavailableException">The server cannot be reached at all.</exception>
    public async IAsyncEnumerable<LogEntry> ReadAsync(
        string taskId, int? tail, long afterSeq, bool follow, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long? cursor = tail is null ? afterSeq : null;
        TimeSpan pause = FirstPause;
        for (bool connected = false; ;)
        {
            using TaskConnection? connection = await ConnectAsync(taskId, connected, cancellation).ConfigureAwait(false);
            if (connection is not null)
            {
                if (connected)
                {
                    note("reconnected");
                }

                connected = true;
                var options = new SubscribeOptions { AfterSeq = cursor, Tail = cursor is null ? tail : null, Realtime = follow, Batch = true };
                await connection.SubscribeAsync(new SubscribeMessage(taskId, options), cancellation).ConfigureAwait(false);
                while (await connection.NextAsync(cancellation).ConfigureAwait(false) is { } entries)
                {
                    foreach (LogEntry entry in entries.Where(entry => entry.Seq > (cursor ?? 0)))
                    {
                        cursor = entry.Seq;
                        pause = FirstPause;
                        yield return entry;
                    }
                }

                if (connection.HasEnded)
                {
                    yield break;
                }

                // A task without lines so far: whatever comes is new.
                cursor ??= connection.LastSeqAtStart;
                note("reconnecting...");
            }

            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), cancellation).ConfigureAwait(false);
            pause = pause * 2 > LongestPause ? LongestPause : pause * 2;
        }
    }

    /// <summary>The cursor before the first line of a time or later.</summary>
    public async Task<long> CursorBeforeAsync(string taskId, long since, CancellationToken cancellation)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Get, server.At($"/api/v1/tasks/{Uri.EscapeDataString(taskId)}/logs?limit=1&from={Uri.EscapeDataString(Rfc3339.Format(since))}"));
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        try
        {
            using HttpResponseMessage response = await client.SendAsync(request, cancellation).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw TaskConnection.Refused(taskId, server, response.StatusCode);
            }

            using JsonDocument page = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false));
            JsonElement content = page.RootElement.GetProperty("content");
            return content.GetArrayLength() > 0 ? content[0].GetProperty("seq").GetInt64() - 1 : page.RootElement.GetProperty("lastSeq").GetInt64();
        }
        catch (HttpRequestException exception)
        {
            throw new SourceUnavailableException($"{server}: {exception.Message}", isEmpty: false, exception);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new CommandException($"{server} gave an answer that is not a log server's: {exception.Message}", "Correct server.url in the configuration.", inner: exception);
        }
    }

    // Null: not now, try again. Only the first attempt may tell that there is no server.
    private async Task<TaskConnection?> ConnectAsync(string taskId, bool again, CancellationToken cancellation)
    {
        try
        {
            return await TaskConnection.OpenAsync(server, taskId, token, cancellation).ConfigureAwait(false);
        }
        catch (WebSocketException exception) when (again)
        {
            _ = exception;
            return null;
        }
        catch (WebSocketException exception)
        {
            throw new SourceUnavailableException($"{server}: {exception.InnerException?.Message ?? exception.Message}", isEmpty: false, exception);
        }
    }
}
