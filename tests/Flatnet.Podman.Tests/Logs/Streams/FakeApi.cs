using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Flatnet.Podman.Logs;

namespace Flatnet.Podman.Tests.Logs.Streams;

/// <summary>A Podman that sends a container's log over its API, and breaks connections off when the test wants it.</summary>
internal sealed partial class FakeApi
{
    private readonly Lock _lock = new();
    private readonly List<LogPiece> _pieces = [];
    private readonly List<Connection> _connections = [];
    private bool _hasEnded;

    /// <summary>Stamps as Podman 4.3.1 sends them.</summary>
    public bool WholeSeconds { get; init; }

    /// <summary>What was asked, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    public Func<string, Stream?> Intercept { get; set; } = _ => null;

    /// <summary>How many connections were broken off.</summary>
    public int Broken { get; private set; }

    /// <summary>Whether somebody follows.</summary>
    public bool IsFollowed
    {
        get
        {
            lock (_lock)
            {
                return _connections.Count > 0;
            }
        }
    }

    public void Write(long time, string text, LogChannel channel = LogChannel.Output, bool isPartial = false)
    {
        lock (_lock)
        {
            LogPiece piece = new(new LogRecord(time, channel, Encoding.UTF8.GetBytes(text)), isPartial);
            _pieces.Add(piece);
            _connections.ForEach(connection => connection.Send(Frame(piece)));
        }
    }

    /// <summary>Breaks all connections, some of them within a frame.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            byte[] torn = Frame(new LogPiece(new LogRecord(LogLines.Noon, LogChannel.Output, "never whole"u8.ToArray()), false));
            Broken += _connections.Count;
            _connections.ForEach(connection => connection.Cut(torn.AsSpan(0, Requests.Count % torn.Length)));
            _connections.Clear();
        }
    }

    public void End()
    {
        lock (_lock)
        {
            _hasEnded = true;
            _connections.ForEach(connection => connection.End());
            _connections.Clear();
        }
    }

    public Task<Stream> OpenAsync(string path, CancellationToken cancellation)
    {
        lock (_lock)
        {
            Requests.Enqueue(path);
            if (Intercept(path) is { } other)
            {
                return Task.FromResult(other);
            }

            long since = Parameter(path, "since") is { } from ? from * Rfc3339.Second : long.MinValue;
            IEnumerable<LogPiece> wanted = _pieces.Where(piece => piece.Record.Timestamp > since);
            wanted = Parameter(path, "tail") is { } tail ? wanted.TakeLast((int)tail) : wanted;
            Connection connection = new();
            connection.Send(wanted.SelectMany(Frame).ToArray());
            if (path.Contains("follow=true", StringComparison.Ordinal) && !_hasEnded)
            {
                _connections.Add(connection);
            }
            else
            {
                connection.End();
            }

            return Task.FromResult<Stream>(connection);
        }
    }

    public ApiSource Source(bool hasTerminal = false) => new(OpenAsync, "abc", hasTerminal, hasLibpod: true);

    private byte[] Frame(LogPiece piece)
    {
        string stamp = Rfc3339.Format(piece.Record.Timestamp);
        stamp = WholeSeconds ? stamp[..19] + "Z" : stamp;
        byte[] content = [.. Encoding.ASCII.GetBytes(stamp + " "), .. piece.Record.Text.Span, .. piece.IsPartial ? ""u8 : "\n"u8];
        byte[] frame = new byte[8 + content.Length];
        frame[0] = (byte)piece.Record.Channel;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), content.Length);
        content.CopyTo(frame, 8);
        return frame;
    }

    private static long? Parameter(string path, string name)
    {
        Match match = Query().Matches(path).FirstOrDefault(match => match.Groups[1].Value == name) ?? Match.Empty;
        return match.Success ? long.Parse(match.Groups[2].Value, null) : null;
    }

    [GeneratedRegex("[?&]([a-z]+)=(-?[0-9]+)")]
    private static partial Regex Query();
}
