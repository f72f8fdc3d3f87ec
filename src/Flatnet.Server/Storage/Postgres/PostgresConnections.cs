using System.Diagnostics;
using Npgsql;

namespace Flatnet.Server.Storage.Postgres;

/// <summary>Connections to the database; waits for it while it is away.</summary>
internal sealed class PostgresConnections : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly NpgsqlDataSource _source;

    public PostgresConnections(PostgresOptions options)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            SearchPath = options.Schema,
            ApplicationName = "flatnetd",
            Enlist = false,
        };
        settings.Options = string.Join(
            ' ',
            settings.Options,
            $"-c synchronous_commit={(options.IsDurable ? "on" : "off")}",
            "-c statement_timeout=120s -c lock_timeout=60s -c idle_in_transaction_session_timeout=120s").Trim();
        if (settings.MaxAutoPrepare == 0)
        {
            settings.MaxAutoPrepare = 40;
        }

        settings.CommandTimeout = Math.Max(settings.CommandTimeout, 150);
        Server = $"{settings.Host}/{settings.Database}";
        Transactions = new SemaphoreSlim(Math.Max(1, settings.MaxPoolSize / 2));
        Patience = options.Patience;
        _source = NpgsqlDataSource.Create(settings);

        // Never from the pool: it listens, and is told at once when the other side is gone.
        Listening = new NpgsqlConnectionStringBuilder(settings.ToString()) { Pooling = false, KeepAlive = 15, Multiplexing = false }.ToString();
    }

    /// <summary>Where it is, for messages.</summary>
    public string Server { get; }

    /// <summary>How long to wait for a database that is away.</summary>
    public TimeSpan Patience { get; }

    /// <summary>The connection string of the connection that listens.</summary>
    public string Listening { get; }

    /// <summary>Half the pool: a transaction reads over a second connection, and must not wait for one that waits for it.</summary>
    public SemaphoreSlim Transactions { get; }

    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellation) => _source.OpenConnectionAsync(cancellation);

    /// <summary>Reads on a connection, on another one if that breaks.</summary>
    public Task<T> ReadAsync<T>(string tried, Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellation) => RetryAsync(
        tried,
        async () =>
        {
            await using NpgsqlConnection connection = await OpenAsync(cancellation).ConfigureAwait(false);
            return await read(connection).ConfigureAwait(false);
        },
        cancellation);

    /// <summary>Does what changes nothing, or may be done twice, again and again while the database cannot be reached.</summary>
    /// <exception cref="StoreException">It failed for another reason, or for too long.</exception>
    public async Task<T> RetryAsync<T>(string tried, Func<Task<T>> action, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        TimeSpan pause = FirstPause;
        while (true)
        {
            try
            {
                return await action().ConfigureAwait(false);
            }
            catch (Exception exception) when (PostgresErrors.IsConnectionLost(exception) && Stopwatch.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(pause, cancellation).ConfigureAwait(false);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
            catch (Exception exception) when (PostgresErrors.IsFailure(exception))
            {
                throw PostgresErrors.ToStoreException(tried, Server, exception);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync().ConfigureAwait(false);
        Transactions.Dispose();
    }
}
