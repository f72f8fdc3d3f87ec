using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using MongoDB.Bson;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization;
using MongoDB.Bson.Serialization.Serializers;

namespace Flatnet.Server.Tests.Storage.Mongo;

/// <summary>
/// Answers the driver on a port of its own, in the place of a MongoDB server without replicas; documents lie in memory. It knows no
/// more than the store asks for, as MongoDB's manual describes it, and refuses everything else. What passes here shows that the store's
/// protocol holds and that the driver is called rightly; it does not show what a MongoDB server would do.
/// </summary>
internal sealed class MongoStandIn : IAsyncDisposable
{
    private const int HeaderLength = 16;
    private const int OpReply = 1;
    private const int OpQuery = 2004;
    private const int OpMsg = 2013;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _connections = [];
    private readonly Task _accepting;
    private int _timeout = 10_000;

    private MongoStandIn()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Another one each time: clients with the same one would share what they know of the server.</summary>
    public string ConnectionString => $"mongodb://{_listener.LocalEndpoint}/?connectTimeoutMS={Interlocked.Increment(ref _timeout)}";

    public StandInDatabase Documents { get; } = new();

    /// <summary>Is asked about each command of the store, and may have it go wrong.</summary>
    public Func<BsonDocument, Cut> OnCommand { get; set; } = static _ => Cut.None;

    public static MongoStandIn Start() => new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _connections.Add(Task.Run(() => ServeAsync(client)));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            NetworkStream stream = client.GetStream();
            byte[] header = new byte[HeaderLength];
            try
            {
                while (true)
                {
                    await stream.ReadExactlyAsync(header, _stop.Token);
                    byte[] body = new byte[BinaryPrimitives.ReadInt32LittleEndian(header) - HeaderLength];
                    await stream.ReadExactlyAsync(body, _stop.Token);
                    int operation = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(12));
                    BsonDocument command = operation == OpQuery ? ReadQuery(body) : ReadMessage(body);
                    Cut cut = OnCommand(command);
                    if (cut == Cut.Before)
                    {
                        return;
                    }

                    BsonDocument answer = await Documents.AnswerAsync(command, _stop.Token);
                    if (cut == Cut.After)
                    {
                        return;
                    }

                    if (cut == Cut.Unsure)
                    {
                        answer["writeConcernError"] = new BsonDocument { { "code", 64 }, { "errmsg", "waiting for replication timed out" } };
                    }

                    await stream.WriteAsync(Write(operation, BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(4)), answer), _stop.Token);
                }
            }
            catch (Exception end) when (end is IOException or OperationCanceledException)
            {
            }
        }
    }

    /// <summary>The driver's first words are still in the old way: flags, name, two numbers, document.</summary>
    private static BsonDocument ReadQuery(byte[] body)
    {
        int end = Array.IndexOf(body, (byte)0, sizeof(int)) + 1;
        return BsonSerializer.Deserialize<BsonDocument>(body[(end + (2 * sizeof(int)))..]);
    }

    /// <summary>A document, and lists of documents that belong into it.</summary>
    private static BsonDocument ReadMessage(byte[] body)
    {
        BsonDocument command = [];
        using var stream = new MemoryStream(body);
        using var reader = new BinaryReader(stream);
        _ = reader.ReadInt32();
        while (stream.Position < stream.Length)
        {
            if (reader.ReadByte() == 0)
            {
                command.Merge(ReadDocument(stream));
                continue;
            }

            long end = stream.Position + reader.ReadInt32();
            var name = new List<char>();
            while (reader.ReadByte() is not 0 and var letter)
            {
                name.Add((char)letter);
            }

            var documents = new BsonArray();
            while (stream.Position < end)
            {
                documents.Add(ReadDocument(stream));
            }

            command[string.Concat(name)] = documents;
        }

        return command;
    }

    private static BsonDocument ReadDocument(Stream stream)
    {
        using var reader = new BsonBinaryReader(stream);
        return BsonDocumentSerializer.Instance.Deserialize(BsonDeserializationContext.CreateRoot(reader));
    }

    private static byte[] Write(int operation, int request, BsonDocument answer)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        bool isQuery = operation == OpQuery;
        byte[] document = answer.ToBson();
        writer.Write(HeaderLength + (isQuery ? 20 : 5) + document.Length);
        writer.Write(0);
        writer.Write(request);
        writer.Write(isQuery ? OpReply : OpMsg);
        writer.Write(0); // Flags.
        if (isQuery)
        {
            writer.Write(0L); // Cursor.
            writer.Write(0);
            writer.Write(1); // Documents.
        }
        else
        {
            writer.Write((byte)0); // A document follows.
        }

        writer.Write(document);
        return stream.ToArray();
    }
}
