using System.Net.WebSockets;
using System.Text.Json;
using Flatnet.Logs.Wire;

namespace Flatnet.LogServer.Harness;

/// <summary>A viewer who comes back with its cursor each time its connection is lost or lines were left out, until the task has ended.</summary>
public sealed class ResumingViewer(Uri address, string taskId, string token)
{
    private readonly List<StoredLine> _lines = [];

    /// <summary>How often it had to connect.</summary>
    public int Connections { get; private set; }

    /// <summary>The lines in the order in which they came, to the task's end.</summary>
    public async Task<IReadOnlyList<StoredLine>> ReadToEndAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                if (await FollowAsync(cancellation))
                {
                    return _lines;
                }
            }
            catch (Exception exception) when (exception is WebSocketException or HttpRequestException or IOException)
            {
                // The server is away.
            }

            await Task.Delay(20, cancellation);
        }
    }

    /// <summary>One connection; true when the task has ended.</summary>
    private async Task<bool> FollowAsync(CancellationToken cancellation)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
        await socket.ConnectAsync(address, cancellation);
        Connections++;
        var subscribe = new SubscribeMessage(taskId, new SubscribeOptions { AfterSeq = _lines.Count == 0 ? 0 : _lines[^1].Seq, Batch = true });
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(subscribe, WireJson.Default.SubscribeMessage), WebSocketMessageType.Text, true, cancellation);
        byte[] buffer = new byte[4 << 20];
        while (await MessageAsync(socket, buffer, cancellation) is { } length)
        {
            using JsonDocument document = JsonDocument.Parse(buffer.AsMemory(0, length));
            JsonElement message = document.RootElement;
            switch (message.GetProperty("type").GetString())
            {
                case "logs":
                    _lines.AddRange(message.GetProperty("entries").EnumerateArray().Select(TaskReader.Line));
                    break;
                case "log":
                    _lines.Add(TaskReader.Line(message));
                    break;
                case "gap":
                    // It was too slow for what came at once; the store has it.
                    return false;
                case "end":
                    return true;
                default:
                    break;
            }
        }

        return false;
    }

    private static async Task<int?> MessageAsync(ClientWebSocket socket, byte[] buffer, CancellationToken cancellation)
    {
        for (int length = 0; ;)
        {
            ValueWebSocketReceiveResult result = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation);
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
