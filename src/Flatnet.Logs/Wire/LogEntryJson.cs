using System.Text.Json;
using Flatnet.Logs.Times;

namespace Flatnet.Logs.Wire;

/// <summary>
/// The members of a log object, written and read by hand: it is on the way of every line, and an error must name the member.
/// <code>{"seq":12,"timestamp":"2026-01-31T14:05:00.000000000Z","source":"stdout","level":"INFO","message":"text","lineNumber":3,
/// "metadata":{},"streamId":"…","sequence":7,"partial":true,"replaces":6,"truncated":true,"originalLength":9000}</code>
/// </summary>
public static class LogEntryJson
{
    /// <summary>Writes the members into an object that is open; what has no value is left out.</summary>
    public static void WriteMembers(Utf8JsonWriter writer, LogEntry entry)
    {
        if (entry.Seq > 0)
        {
            writer.WriteNumber("seq"u8, entry.Seq);
        }

        Span<byte> time = stackalloc byte[Rfc3339.Length];
        Rfc3339.Format(entry.Timestamp, time);
        writer.WriteString("timestamp"u8, time);
        writer.WriteString("source"u8, entry.Source.Name());
        writer.WriteString("level"u8, entry.Level.Name());
        writer.WriteString("message"u8, entry.Message);
        if (entry.LineNumber is { } lineNumber)
        {
            writer.WriteNumber("lineNumber"u8, lineNumber);
        }

        if (entry.Metadata is not null)
        {
            writer.WritePropertyName("metadata"u8);
            writer.WriteRawValue(entry.Metadata, skipInputValidation: true);
        }

        if (entry.StreamId is not null)
        {
            writer.WriteString("streamId"u8, entry.StreamId);
        }

        if (entry.Sequence > 0)
        {
            writer.WriteNumber("sequence"u8, entry.Sequence);
        }

        if (entry.IsPartial)
        {
            writer.WriteBoolean("partial"u8, true);
        }

        if (entry.Replaces > 0)
        {
            writer.WriteNumber("replaces"u8, entry.Replaces);
        }

        if (entry.OriginalLength > 0)
        {
            writer.WriteBoolean("truncated"u8, true);
            writer.WriteNumber("originalLength"u8, entry.OriginalLength);
        }
    }

    /// <summary>Reads the object that the reader stands at the beginning of, and leaves it at the object's end. Unknown members are passed over.</summary>
    /// <param name="reader">Stands at the object's opening brace.</param>
    /// <param name="received">The time of a line that names none.</param>
    /// <param name="streamId">The stream of a line that names none; null for none.</param>
    /// <param name="source">The source of a line that names none; none if every line must name its own.</param>
    /// <exception cref="WireFormatException">A member is missing, of a wrong type or out of range.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static LogEntry Read(ref Utf8JsonReader reader, long received, string? streamId = null, LogSource source = 0)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new WireFormatException("a log entry must be an object.");
        }

        long timestamp = received;
        LogLevel level = 0;
        string? message = null;
        long? lineNumber = null;
        string? metadata = null;
        long sequence = 0;
        bool isPartial = false;
        long replaces = 0;
        long originalLength = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("message"u8))
            {
                message = Text(ref reader, "message");
            }
            else if (reader.ValueTextEquals("timestamp"u8))
            {
                timestamp = Time(ref reader, received);
            }
            else if (reader.ValueTextEquals("source"u8))
            {
                source = Source(ref reader) is not 0 and var named ? named : source;
            }
            else if (reader.ValueTextEquals("level"u8))
            {
                level = Level(ref reader);
            }
            else if (reader.ValueTextEquals("sequence"u8))
            {
                sequence = Number(ref reader, "sequence", 0) ?? 0;
            }
            else if (reader.ValueTextEquals("lineNumber"u8))
            {
                lineNumber = Number(ref reader, "lineNumber", 0);
            }
            else if (reader.ValueTextEquals("metadata"u8))
            {
                metadata = Metadata(ref reader);
            }
            else if (reader.ValueTextEquals("streamId"u8))
            {
                streamId = Text(ref reader, "streamId") ?? streamId;
            }
            else if (reader.ValueTextEquals("partial"u8))
            {
                reader.Read();
                isPartial = reader.TokenType == JsonTokenType.True;
            }
            else if (reader.ValueTextEquals("replaces"u8))
            {
                replaces = Number(ref reader, "replaces", 0) ?? 0;
            }
            else if (reader.ValueTextEquals("originalLength"u8))
            {
                originalLength = Number(ref reader, "originalLength", 0) ?? 0;
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        if (message is null)
        {
            throw new WireFormatException("'message' is missing: it is the line's text.");
        }

        if (source == 0)
        {
            throw new WireFormatException("'source' is missing: write stdout, stderr or agent.");
        }

        if (streamId is { Length: 0 or > 128 })
        {
            throw new WireFormatException("'streamId' must have 1 to 128 characters.");
        }

        if (sequence > 0 && streamId is null)
        {
            throw new WireFormatException("'sequence' needs a 'streamId': together they are the line's identity.");
        }

        return new LogEntry
        {
            Timestamp = timestamp,
            Source = source,
            Level = level != 0 ? level : LevelDetector.Detect(message) ?? LogLevel.Info,
            Message = message,
            LineNumber = lineNumber,
            Metadata = metadata,
            StreamId = sequence > 0 ? streamId : null,
            Sequence = sequence,
            IsPartial = isPartial,
            Replaces = replaces,
            OriginalLength = (int)Math.Min(originalLength, int.MaxValue),
        };
    }

    private static string? Text(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.String => GetText(ref reader, name),
            JsonTokenType.Null => null,
            _ => throw new WireFormatException($"'{name}' must be a string."),
        };
    }

    // A lone surrogate, written as an escape, is JSON and yet no text.
    private static string GetText(ref Utf8JsonReader reader, string name)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new WireFormatException($"'{name}' contains half of a surrogate pair, which is no character.");
        }
    }

    private static long? Number(ref Utf8JsonReader reader, string name, long least)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetInt64(out long value) && value >= least => value,
            JsonTokenType.Null => null,
            _ => throw new WireFormatException($"'{name}' must be a whole number of at least {least}."),
        };
    }

    private static long Time(ref Utf8JsonReader reader, long received)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return received;
        }

        if (reader.TokenType == JsonTokenType.String && !reader.HasValueSequence && !reader.ValueIsEscaped && Rfc3339.TryParse(reader.ValueSpan, out long time))
        {
            return time;
        }

        if (reader.TokenType == JsonTokenType.String && GetText(ref reader, "timestamp") is { Length: <= 64 } text && Rfc3339.TryParse(text, out time))
        {
            return time;
        }

        throw new WireFormatException("'timestamp' must be a time with a zone such as 2026-01-31T14:05:00.123456789Z.");
    }

    private static LogSource Source(ref Utf8JsonReader reader)
    {
        if (Text(ref reader, "source") is not { } text)
        {
            return 0;
        }

        return LogSourceNames.TryParse(text, out LogSource source)
            ? source
            : throw new WireFormatException("'source' must be stdout, stderr or agent.");
    }

    private static LogLevel Level(ref Utf8JsonReader reader)
    {
        if (Text(ref reader, "level") is not { } text)
        {
            return 0;
        }

        return LogLevelNames.TryParse(text, out LogLevel level)
            ? level
            : throw new WireFormatException("'level' must be TRACE, DEBUG, INFO, WARN, ERROR or FATAL.");
    }

    private static string? Metadata(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new WireFormatException("'metadata' must be an object.");
        }

        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        string text = document.RootElement.GetRawText();
        return text == "{}" ? null : text;
    }
}
