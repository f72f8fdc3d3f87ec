using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Flatnet.Server.Storage.Blocks;
using Npgsql;

namespace Flatnet.Server.Storage.Postgres;

/// <summary>Rows as records.</summary>
internal static class PostgresRows
{
    /// <summary>What <see cref="Task"/> reads, in its order.</summary>
    public const string TaskColumns =
        "id, version, loose_from, loose_blocks, status, exit_code, created_at, updated_at, ended_at, retention, "
        + "first_seq, last_seq, count, bytes, sources, levels, earliest, latest";

    /// <summary>What <see cref="Header"/> reads, in its order.</summary>
    public const string HeaderColumns = "first_seq, last_seq, size, count, bytes, sources, levels, earliest, latest";

    public static TaskState Task(NpgsqlDataReader row) => new(
        new TaskRecord
        {
            Id = row.GetString(0),
            Status = (TaskStatus)row.GetInt16(4),
            ExitCode = row.IsDBNull(5) ? null : row.GetInt32(5),
            CreatedAt = row.GetInt64(6),
            UpdatedAt = row.GetInt64(7),
            EndedAt = Nullable(row, 8),
            Retention = Nullable(row, 9) is { } ticks ? TimeSpan.FromTicks(ticks) : null,
            FirstSeq = row.GetInt64(10),
            LastSeq = row.GetInt64(11),
            Statistics = Statistics(row, 12),
        },
        row.GetInt64(1),
        row.GetInt64(2),
        row.GetInt32(3));

    public static BlockHeader Header(NpgsqlDataReader row, string taskId) =>
        new(taskId, row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), Statistics(row, 3));

    /// <summary>An array without a copy; nobody changes it.</summary>
    public static long[] Array(ImmutableArray<long> values) => ImmutableCollectionsMarshal.AsArray(values)!;

    private static TaskStatistics Statistics(NpgsqlDataReader row, int column) => new(
        row.GetInt64(column),
        row.GetInt64(column + 1),
        ImmutableCollectionsMarshal.AsImmutableArray(row.GetFieldValue<long[]>(column + 2)),
        ImmutableCollectionsMarshal.AsImmutableArray(row.GetFieldValue<long[]>(column + 3)),
        Nullable(row, column + 4),
        Nullable(row, column + 5));

    private static long? Nullable(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
