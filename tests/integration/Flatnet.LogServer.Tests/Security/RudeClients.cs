using System.Net.Sockets;
using System.Text;

namespace Flatnet.LogServer.Tests.Security;

/// <summary>Connections that begin something and go no further.</summary>
internal sealed class RudeClients(Uri server) : IDisposable
{
    /// <summary>What a WebSocket begins with, but for its end.</summary>
    public const string HalfAnUpgrade = "GET /ws/tasks/t HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: webs";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<Socket> _sockets = [];

    public async Task ConnectAsync(int count, string text)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        for (int i = 0; i < count; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
            {
                // Closed with a reset: ten thousand ports that wait for stragglers are not left behind.
                LingerState = new LingerOption(true, 0),
            };
            _sockets.Add(socket);
            await socket.ConnectAsync(server.Host, server.Port);
            if (bytes.Length > 0)
            {
                await socket.SendAsync(bytes);
            }
        }
    }

    /// <summary>How many the server has closed by now.</summary>
    public int Closed => _sockets.Count(socket => socket.Poll(0, SelectMode.SelectRead) && IsAtItsEnd(socket));

    /// <summary>All that the server sends to each, to its end.</summary>
    public async Task<IReadOnlyList<string>> AnswersAsync() => await Task.WhenAll(_sockets.Select(ReadToEndAsync)).WaitAsync(Patience);

    /// <summary>Sends a text byte by byte until it is sent or the server has had enough; what that one answered.</summary>
    public async Task<string> TrickleAsync(string text, TimeSpan pause)
    {
        await ConnectAsync(1, "");
        Socket socket = _sockets[^1];
        Task<string> answer = ReadToEndAsync(socket);
        foreach (byte letter in Encoding.ASCII.GetBytes(text))
        {
            if (await Task.WhenAny(answer, Task.Delay(pause)) == answer)
            {
                break;
            }

            await socket.SendAsync(new[] { letter });
        }

        return await answer.WaitAsync(Patience);
    }

    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());

    private static bool IsAtItsEnd(Socket socket)
    {
        try
        {
            return socket.Receive(new byte[1], SocketFlags.Peek) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private static async Task<string> ReadToEndAsync(Socket socket)
    {
        byte[] buffer = new byte[4096];
        var text = new StringBuilder();
        try
        {
            while (await socket.ReceiveAsync(buffer) is var length and > 0)
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, length));
            }
        }
        catch (SocketException)
        {
            // A reset is an end too.
        }

        return text.ToString();
    }
}
