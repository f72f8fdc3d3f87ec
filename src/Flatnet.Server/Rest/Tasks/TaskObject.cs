using System.Text.Json;
using Flatnet.Logs.Times;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Rest.Tasks;

/// <summary>A task as an object of the interface.</summary>
internal static class TaskObject
{
    public static void WriteMembers(Utf8JsonWriter writer, TaskRecord task)
    {
        writer.WriteString("id"u8, task.Id);
        writer.WriteString("status"u8, task.Status.Name());
        if (task.ExitCode is { } code)
        {
            writer.WriteNumber("exitCode"u8, code);
        }
        else
        {
            writer.WriteNull("exitCode"u8);
        }

        writer.WriteTime("createdAt", task.CreatedAt);
        writer.WriteTime("updatedAt", task.UpdatedAt);
        writer.WriteTime("endedAt", task.EndedAt);
        writer.WriteString("retention"u8, task.Retention is { } time ? DurationText.Format(time) : null);
        writer.WriteBoolean("hasScript"u8, task.Script is not null);
        writer.WriteNumber("firstSeq"u8, task.FirstSeq);
        writer.WriteNumber("lastSeq"u8, task.LastSeq);
        writer.WriteNumber("totalLogs"u8, task.Statistics.Count);
        writer.WriteNumber("bytes"u8, task.Statistics.Bytes);
    }
}
