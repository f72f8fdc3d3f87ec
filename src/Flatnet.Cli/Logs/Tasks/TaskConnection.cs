using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Flatnet.Cli.Configuration;
using Flatnet.Cli.Hosting;
using Flatnet.Logs;
using Flatnet.Logs.Wire;

namespace Flatnet.Cli.Logs;

/// <summary>One connection to a task on the log server.</summary>
internal sealed class TaskConnection : IDisposable
{
    // The server's messages have at most a mebibyte; lines that come several at a time may be somewhat more.
    private const int LongestMessage = 8 << 20;

    private readonly ClientWebSocket _socket;
    private readonly Uri _server;
    private readonly string _taskId;
    private byte[] _buffer = new byte[64 * 1024];

    private TaskConnection(ClientWebSocket socket, Uri server, string taskId)
    {
        _socket = socket;
        _server = server;
        _taskId = taskId;
    }

    /// <summary>The server said that no line follows.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The task's last line when the subscription began.</summary>
    public long LastSeqAtStart { get; private set; }

    /// <exception cref="WebSocketException">There is no connection to be had now.</exception>
    /// <exception cref="CommandException">The server refuses, for good.</exception>
    public static async Task<TaskConnection> OpenAsync(Uri server, string taskId, string? token, CancellationToken cancellation)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (token is not null)
        {
            socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
        }

        Uri path = server.At("/ws/tasks/" + Uri.EscapeDataString(taskId));
        try
        {
            await socket.ConnectAsync(new UriBuilder(path) { Scheme = path.Scheme == "https" ? "wss" : "ws" }.Uri, cancellation).ConfigureAwait(false);
            return new TaskConnection(socket, server, taskId);
        }
        catch (WebSocketException) when (socket.HttpStatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
        {
            HttpStatusCode status = socket.HttpStatusCode;
            socket.Dispose();
            throw Refused(taskId, server, status);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>What a refusal means to who typed the command.</summary>
    public static CommandException Refused(string taskId, Uri server, HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => new CommandException(
            $"the log server at {server} does not accept the token", "Set server.token in the configuration, or FLATNET_SERVER_TOKEN."),
        HttpStatusCode.Forbidden => new CommandException($"the token does not allow to read the task '{taskId}'", "Ask for one with the scope logs:read."),
        HttpStatusCode.NotFound => new CommandException($"the log server at {server} has no task '{taskId}'"),
        _ => new CommandException($"the log server at {server} answered {(int)status} to a question about the task '{taskId}'"),
    };

    public async Task SubscribeAsync(SubscribeMessage message, CancellationToken cancellation)
    {
        try
        {
            await SendAsync(JsonSerializer.SerializeToUtf8Bytes(message, WireJson.Default.SubscribeMessage), cancellation).ConfigureAwait(false);
        }
        catch (WebSocketException)
        {
            // The reading, which comes next, finds the connection lost.
        }
    }

    /// <summary>The next lines; null when the connection is over.</summary>
    /// <exception cref="CommandException">The server refuses, for good.</exception>
    public async Task<IReadOnlyList<LogEntry>?> NextAsync(CancellationToken cancellation)
    {
        try
        {
            while (!HasEnded && await MessageAsync(cancellation).ConfigureAwait(false) is { } length)
            {
                if (Read(_buffer.AsSpan(0, length)) is { Count: > 0 } entries)
                {
                    return entries;
                }

                if (WireJson.TypeOf(_buffer.AsSpan(0, length)) == PingMessage.Name)
                {
                    await SendAsync(JsonSerializer.SerializeToUtf8Bytes(new PongMessage(null), WireJson.Default.PongMessage), cancellation).ConfigureAwait(false);
                }
            }
        }
        catch (WebSocketException)
        {
            return null;
        }
        catch (Exception exception) when (exception is JsonException or WireFormatException)
        {
            throw new CommandException($"{_server} sent a message that is not a log server's: {exception.Message}", inner: exception);
        }

        return HasEnded ? null : AfterClose();
    }

    public void Dispose() => _socket.Dispose();

    private IReadOnlyList<LogEntry>? AfterClose() => (int?)_socket.CloseStatus switch
    {
        CloseCode.Unauthorized => throw Refused(_taskId, _server, HttpStatusCode.Unauthorized),
        CloseCode.Forbidden => throw Refused(_taskId, _server, HttpStatusCode.Forbidden),
        CloseCode.TaskNotFound => throw Refused(_taskId, _server, HttpStatusCode.NotFound),
        _ => null,
    };

    private List<LogEntry>? Read(ReadOnlySpan<byte> message)
    {
        switch (WireJson.TypeOf(message))
        {
            case "logs":
                return Entries(message);
            case SubscribedMessage.Name:
                LastSeqAtStart = JsonSerializer.Deserialize(message, WireJson.Default.SubscribedMessage)!.LastSeq;
                return null;
            case EndMessage.Name:
                HasEnded = true;
                return null;
            case GapMessage.Name:
                // Coming back with the cursor brings what was left out.
                throw new WebSocketException("lines were left out");
            default:
                return null;
        }
    }

    private static List<LogEntry> Entries(ReadOnlySpan<byte> message)
    {
        var entries = new List<LogEntry>();
        var reader = new Utf8JsonReader(message);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isEntries = reader.ValueTextEquals("entries"u8);
            reader.Read();
            if (!isEntries || reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                long seq = SeqOf(reader);
                entries.Add(LogEntryJson.Read(ref reader, received: 0) with { Seq = seq });
            }
        }

        return entries;
    }

    // The reader is a copy: the number is looked for ahead, and the entry is read from its beginning.
    private static long SeqOf(Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isSeq = reader.ValueTextEquals("seq"u8);
            reader.Read();
            if (isSeq)
            {
                return reader.GetInt64();
            }

            reader.Skip();
        }

        return 0;
    }

    private Task SendAsync(byte[] message, CancellationToken cancellation) =>
        _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancellation);

    private async Task<int?> MessageAsync(CancellationToken cancellation)
    {
        for (int length = 0; ;)
        {
            if (length == _buffer.Length)
            {
                if (length >= LongestMessage)
                {
                    throw new CommandException($"{_server} sent a message of more than {LongestMessage >> 20} MiB, which no log server does");
                }

                Array.Resize(ref _buffer, length * 2);
            }

            ValueWebSocketReceiveResult result = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellation).ConfigureAwait(false);
            length += result.Count;
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            if (result.EndOfMessage)
            {
                return length;
            }
        }
    }
}
