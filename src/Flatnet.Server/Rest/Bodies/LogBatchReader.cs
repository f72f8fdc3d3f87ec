using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Flatnet.Logs;
using Flatnet.Logs.Wire;
using Flatnet.Server.Errors;

namespace Flatnet.Server.Rest.Bodies;

/// <summary>Reads lines from a body: one object, an array of objects, or an object on each line. A bad entry does not take the good ones with it.</summary>
internal sealed class LogBatchReader(string taskId, long received)
{
    public const int MostEntries = 10_000;

    private readonly List<LogEntry> _entries = [];
    private readonly List<RejectedEntry> _rejected = [];
    private int _index;

    /// <exception cref="ApiException">It is not JSON, neither an object nor an array, or has too many entries.</exception>
    public LogBatch ReadJson(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                ReadOnlySpan<byte> entry = Cut(body, ref reader);
                reader.Read();
                return new LogBatch([Understand(entry)], [], IsSingle: true);
            }

            if (reader.TokenType != JsonTokenType.StartArray)
            {
                throw Refusal.Format("The body must be a log entry, or an array of them.");
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                Add(Cut(body, ref reader));
            }

            // What follows the array is looked at as well.
            reader.Read();
            return new LogBatch(_entries, _rejected, IsSingle: false);
        }
        catch (JsonException error)
        {
            throw Malformed(body, error);
        }
        catch (WireFormatException error)
        {
            throw Refusal.Format($"The entry makes no sense: {error.Message}");
        }
    }

    /// <summary>The same for an object on each line; empty lines are passed over.</summary>
    /// <exception cref="ApiException">It has too many entries.</exception>
    public LogBatch ReadLines(ReadOnlySpan<byte> body)
    {
        while (!body.IsEmpty)
        {
            int end = body.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = (end < 0 ? body : body[..end]).Trim(" \t\r"u8);
            body = end < 0 ? [] : body[(end + 1)..];
            if (!line.IsEmpty)
            {
                Add(line);
            }
        }

        return new LogBatch(_entries, _rejected, IsSingle: false);
    }

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> body, ref Utf8JsonReader reader)
    {
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return body[start..(int)reader.BytesConsumed];
    }

    private void Add(ReadOnlySpan<byte> entry)
    {
        if (_index == MostEntries)
        {
            throw Refusal.TooLarge($"There are more than {MostEntries} entries. Send several batches.");
        }

        try
        {
            _entries.Add(Understand(entry));
        }
        catch (Exception error) when (error is WireFormatException or JsonException)
        {
            _rejected.Add(new RejectedEntry(_index, ErrorCode.InvalidLogFormat, error.Message));
        }

        _index++;
    }

    private LogEntry Understand(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            LogEntry entry = LogEntryJson.Read(ref reader, received);
            reader.Read();
            CheckTask(json);
            return entry;
        }
        catch (InvalidOperationException)
        {
            throw new WireFormatException("a string in it is not UTF-8, or half of a surrogate pair.");
        }
    }

    // Most entries name no task, and then there is no second look.
    private void CheckTask(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("\"taskId\""u8) < 0)
        {
            return;
        }

        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isTask = reader.ValueTextEquals("taskId"u8);
            reader.Read();
            if (isTask && reader.TokenType != JsonTokenType.Null && !(reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(taskId)))
            {
                throw new WireFormatException($"'taskId' must be the address's, '{taskId}', or be left out.");
            }

            reader.Skip();
        }
    }

    private ApiException Malformed(ReadOnlySpan<byte> body, JsonException error)
    {
        long position = error.BytePositionInLine ?? 0;
        ReadOnlySpan<byte> rest = body;
        for (long line = error.LineNumber ?? 0; line > 0; line--)
        {
            int end = rest.IndexOf((byte)'\n') + 1;
            position += end;
            rest = rest[end..];
        }

        return new ApiException(400, ErrorCode.InvalidLogFormat, $"The body is not JSON at byte {position}.", ImmutableDictionary<string, string>.Empty
            .Add("position", position.ToString(CultureInfo.InvariantCulture))
            .Add("index", _index.ToString(CultureInfo.InvariantCulture)));
    }
}
