using System.Text.Json;
using Flatnet.Logs;
using Flatnet.Logs.Wire;
using Flatnet.Server.Errors;

namespace Flatnet.Server.Sockets;

/// <summary>
/// A message with lines: <c>log</c> (the entry's members beside <c>type</c>), <c>logs</c> (<c>streamId</c> and <c>entries</c>), or
/// KTCP's <c>task_log</c> (the members in <c>data</c>).
/// </summary>
/// <param name="TaskId">The task it names; null if it names none.</param>
/// <param name="Entries">Its lines.</param>
internal sealed record AgentFrame(string? TaskId, IReadOnlyList<LogEntry> Entries)
{
    public const string Single = "log";
    public const string Batch = "logs";
    public const string Ktcp = "task_log";

    /// <summary>Reads one of the three.</summary>
    /// <exception cref="ApiException">It is not one; the message names the member, and in a batch the entry.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static AgentFrame Read(string type, ReadOnlySpan<byte> message, long received)
    {
        var reader = new Utf8JsonReader(message);
        reader.Read();
        Utf8JsonReader whole = reader;
        string? taskId = null;
        string? streamId = null;
        IReadOnlyList<LogEntry>? entries = null;
        Utf8JsonReader late = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("taskId"u8))
            {
                taskId = Text(ref reader, "taskId");
            }
            else if (type == Batch && reader.ValueTextEquals("streamId"u8))
            {
                streamId = Text(ref reader, "streamId");
            }
            else if (type == Batch && reader.ValueTextEquals("entries"u8))
            {
                reader.Read();
                if (streamId is not null)
                {
                    entries = ReadEntries(ref reader, streamId, received);
                }
                else
                {
                    // The stream's ID may follow.
                    late = reader;
                    reader.Skip();
                }
            }
            else if (type == Ktcp && reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                // KTCP knows no sources.
                entries = [ReadEntry(ref reader, null, received, LogSource.Stdout)];
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        // Nothing may follow.
        reader.Read();
        if (type == Single)
        {
            entries = [ReadEntry(ref whole, null, received, 0)];
        }
        else if (late.TokenType != JsonTokenType.None)
        {
            entries = ReadEntries(ref late, streamId, received);
        }

        return new(taskId, entries ?? throw Invalid($"'{(type == Batch ? "entries" : "data")}' is missing."));
    }

    private static List<LogEntry> ReadEntries(ref Utf8JsonReader reader, string? streamId, long received)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Invalid("'entries' must be an array.");
        }

        var entries = new List<LogEntry>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            try
            {
                entries.Add(LogEntryJson.Read(ref reader, received, streamId));
            }
            catch (WireFormatException exception)
            {
                throw Invalid($"entries[{entries.Count}]: {exception.Message} None of the message's lines was taken.");
            }
        }

        return entries;
    }

    private static LogEntry ReadEntry(ref Utf8JsonReader reader, string? streamId, long received, LogSource source)
    {
        try
        {
            return LogEntryJson.Read(ref reader, received, streamId, source);
        }
        catch (WireFormatException exception)
        {
            throw Invalid(exception.Message);
        }
    }

    private static string? Text(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Null => null,
            _ => throw Invalid($"'{name}' must be a string."),
        };
    }

    private static ApiException Invalid(string message) => new(400, ErrorCode.InvalidLogFormat, message);
}
