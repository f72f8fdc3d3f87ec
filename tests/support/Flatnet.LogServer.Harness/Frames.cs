using System.Buffers;
using System.Text.Json;
using Flatnet.Logs;
using Flatnet.Logs.Wire;

namespace Flatnet.LogServer.Harness;

/// <summary>What an agent sends, made before the clock starts, so that the sender's own work is not measured.</summary>
public static class Frames
{
    /// <summary>One message of the protocol with lines <paramref name="first"/> to <paramref name="first"/> + count - 1 of a stream.</summary>
    public static byte[] Logs(string streamId, long first, int count, Func<long, LogEntry> entry)
    {
        var buffer = new ArrayBufferWriter<byte>(count * 384);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "logs"u8);
            writer.WriteString("streamId"u8, streamId);
            writer.WriteStartArray("entries"u8);
            for (long sequence = first; sequence < first + count; sequence++)
            {
                writer.WriteStartObject();
                LogEntryJson.WriteMembers(writer, entry(sequence));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
