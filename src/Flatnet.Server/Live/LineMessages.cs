using System.Buffers;
using System.Text.Json;
using Flatnet.Logs;
using Flatnet.Logs.Wire;
using Flatnet.Server.Errors;

namespace Flatnet.Server.Live;

/// <summary>Writes lines as viewers get them: <c>{"type":"log","taskId":…,the entry's members,"id":"task-seq"}</c>.</summary>
internal static class LineMessages
{
    /// <summary>A <c>logs</c> message ends at about so many bytes, or so many lines.</summary>
    private const int BatchBytes = 256 << 10;
    private const int BatchLines = 500;

    public static IReadOnlyList<ReadOnlyMemory<byte>> Single(string taskId, IReadOnlyList<LogEntry> entries)
    {
        var buffer = new ArrayBufferWriter<byte>(256 * entries.Count);
        var ends = new int[entries.Count];
        using var writer = new Utf8JsonWriter(buffer, JsonText.Options);
        for (int i = 0; i < entries.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "log"u8);
            writer.WriteString("taskId"u8, taskId);
            WriteMembers(writer, taskId, entries[i]);
            writer.WriteEndObject();
            writer.Flush();
            writer.Reset();
            ends[i] = buffer.WrittenCount;
        }

        return Cut(buffer.WrittenMemory, ends);
    }

    public static IReadOnlyList<ReadOnlyMemory<byte>> Batched(string taskId, IReadOnlyList<LogEntry> entries)
    {
        var buffer = new ArrayBufferWriter<byte>(256 * entries.Count);
        var ends = new List<int>();
        using var writer = new Utf8JsonWriter(buffer, JsonText.Options);
        for (int next = 0; next < entries.Count;)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "logs"u8);
            writer.WriteString("taskId"u8, taskId);
            writer.WriteStartArray("entries"u8);
            int first = next;
            do
            {
                writer.WriteStartObject();
                WriteMembers(writer, taskId, entries[next++]);
                writer.WriteEndObject();
            }
            while (next < entries.Count && next - first < BatchLines && writer.BytesCommitted + writer.BytesPending < BatchBytes);
            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.Flush();
            writer.Reset();
            ends.Add(buffer.WrittenCount);
        }

        return Cut(buffer.WrittenMemory, ends);
    }

    private static void WriteMembers(Utf8JsonWriter writer, string taskId, LogEntry entry)
    {
        LogEntryJson.WriteMembers(writer, entry);
        writer.WriteString("id"u8, $"{taskId}-{entry.Seq}");
    }

    private static ReadOnlyMemory<byte>[] Cut(ReadOnlyMemory<byte> bytes, IReadOnlyList<int> ends)
    {
        var messages = new ReadOnlyMemory<byte>[ends.Count];
        int start = 0;
        for (int i = 0; i < messages.Length; i++)
        {
            messages[i] = bytes[start..ends[i]];
            start = ends[i];
        }

        return messages;
    }
}
