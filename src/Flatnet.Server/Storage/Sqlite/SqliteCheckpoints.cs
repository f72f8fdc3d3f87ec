using Flatnet.Server.Storage.Blocks;
using Microsoft.Data.Sqlite;

namespace Flatnet.Server.Storage.Sqlite;

/// <summary>
/// Moves what is in the write-ahead log into the database, beside the writer: as a part of a commit, which is where SQLite does it by
/// itself, it would hold up everybody who waits for that commit.
/// </summary>
/// <param name="path">The database.</param>
/// <param name="durability">How the writer syncs.</param>
/// <param name="writing">Held by whoever writes.</param>
internal sealed class SqliteCheckpoints(string path, Durability durability, SemaphoreSlim writing) : IAsyncDisposable
{
    /// <summary>A checkpoint writes a page once, however often it changed: fewer checkpoints, fewer writes.</summary>
    private const long LogBytes = 16 << 20;

    private const int PageSize = 4096;

    private long _bytes;
    private Task _running = Task.CompletedTask;

    /// <summary>Counts what was written, and begins a checkpoint when it is enough. Called while writing is held.</summary>
    public void Committed(BlockChanges changes)
    {
        int rows = changes.Tasks.Count + changes.Streams.Count + changes.NewBlocks.Count + changes.DeletedBlocks.Count;
        _bytes += changes.NewBlocks.Sum(static block => (long)block.Payload.Length) + ((long)rows * PageSize);
        if (_bytes >= LogBytes && _running.IsCompleted)
        {
            _bytes = 0;
            _running = Task.Run(CheckpointAsync);
        }
    }

    public async ValueTask DisposeAsync() => await _running;

    private async Task CheckpointAsync()
    {
        try
        {
            using SqliteConnection connection = SqliteConnections.OpenWriter(path, durability);
            // Nearly all of it while the writer goes on, and the rest while it waits: only a log that is done with begins anew.
            Checkpoint(connection);
            await writing.WaitAsync();
            try
            {
                Checkpoint(connection);
            }
            finally
            {
                writing.Release();
            }
        }
        catch (SqliteException)
        {
            // The log only grows until the next one. What stops the database from being written, the writer meets too, and says.
        }
    }

    private static void Checkpoint(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
        command.ExecuteNonQuery();
    }
}
