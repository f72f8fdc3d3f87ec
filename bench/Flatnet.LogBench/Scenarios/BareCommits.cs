using Flatnet.LogBench.Load;
using Microsoft.Data.Sqlite;

namespace Flatnet.LogBench.Scenarios;

/// <summary>The least that a durable line takes: one row in one synced commit.</summary>
internal sealed class BareCommits : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private long _number;

    public BareCommits(string directory)
    {
        _connection = BareSqlite.Open(directory);
        _insert = BareSqlite.Insert(_connection);
    }

    /// <summary>Makes one.</summary>
    public void Commit() => BareSqlite.Add(_insert, _number, SampleLines.Message(_number++));

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
    }
}
