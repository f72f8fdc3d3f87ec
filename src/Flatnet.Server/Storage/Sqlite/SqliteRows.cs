using System.Collections.Immutable;
using Flatnet.Server.Storage.Blocks;
using Microsoft.Data.Sqlite;

namespace Flatnet.Server.Storage.Sqlite;

/// <summary>Rows as records. The columns stand in the order in which they are read here.</summary>
internal static class SqliteRows
{
    public const string TaskColumns =
        "id, version, status, exit_code, created_at, updated_at, ended_at, retention, first_seq, last_seq, lines, bytes, counts, earliest, latest, loose_from, loose_blocks";

    public const string HeaderColumns = "task, first_seq, last_seq, size, lines, bytes, counts, earliest, latest";

    public static TaskState ReadTask(SqliteDataReader row, string? script = null)
    {
        var record = new TaskRecord
        {
            Id = row.GetString(0),
            Status = (TaskStatus)row.GetByte(2),
            ExitCode = row.IsDBNull(3) ? null : row.GetInt32(3),
            CreatedAt = row.GetInt64(4),
            UpdatedAt = row.GetInt64(5),
            EndedAt = Number(row, 6),
            Retention = Number(row, 7) is { } ticks ? TimeSpan.FromTicks(ticks) : null,
            Script = script,
            FirstSeq = row.GetInt64(8),
            LastSeq = row.GetInt64(9),
            Statistics = ReadStatistics(row, 10),
        };
        return new TaskState(record, row.GetInt64(1), row.GetInt64(15), row.GetInt32(16));
    }

    public static BlockHeader ReadHeader(SqliteDataReader row) =>
        new(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt32(3), ReadStatistics(row, 4));

    public static StreamState ReadStream(string taskId, SqliteDataReader row) =>
        new(taskId, row.GetString(0), row.GetInt64(1), RowCodec.ReadHoles(row.GetFieldValue<byte[]>(2)));

    private static TaskStatistics ReadStatistics(SqliteDataReader row, int column)
    {
        (ImmutableArray<long> sources, ImmutableArray<long> levels) = RowCodec.ReadCounts(row.GetFieldValue<byte[]>(column + 2));
        return new(row.GetInt64(column), row.GetInt64(column + 1), sources, levels, Number(row, column + 3), Number(row, column + 4));
    }

    private static long? Number(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
