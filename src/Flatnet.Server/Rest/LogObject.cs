using System.Text.Json;
using Flatnet.Logs;
using Flatnet.Logs.Wire;

namespace Flatnet.Server.Rest;

/// <summary>A line as an object of the interface: its members, its task, and an ID.</summary>
internal static class LogObject
{
    public static string IdOf(string taskId, long seq) => $"{taskId}-{seq}";

    public static void Write(Utf8JsonWriter writer, string taskId, LogEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, IdOf(taskId, entry.Seq));
        writer.WriteString("taskId"u8, taskId);
        LogEntryJson.WriteMembers(writer, entry);
        writer.WriteEndObject();
    }
}
