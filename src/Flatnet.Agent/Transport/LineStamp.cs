using System.Text.Json;
using Flatnet.Logs;
using Flatnet.Logs.Wire;

namespace Flatnet.Agent.Transport;

/// <summary>When and where a line was read: by the first line of each batch the latency is measured.</summary>
internal readonly record struct LineStamp(long Timestamp, LogSource Source)
{
    public static LineStamp Of(ReadOnlyMemory<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line.Span);
            reader.Read();
            LogEntry entry = LogEntryJson.Read(ref reader, received: 0, streamId: "?");
            return new LineStamp(entry.Timestamp, entry.Source);
        }
        catch (Exception error) when (error is JsonException or WireFormatException)
        {
            // The server judges lines.
            return default;
        }
    }
}
