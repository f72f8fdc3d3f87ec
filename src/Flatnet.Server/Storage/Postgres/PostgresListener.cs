using System.Globalization;
using System.Threading.Channels;
using Npgsql;

namespace Flatnet.Server.Storage.Postgres;

/// <summary>
/// Hears of commits that other servers made (<c>NOTIFY</c>). It listens from before the first reader is served. When its connection
/// breaks it listens again first and tells of the break then, so that whoever looks into the store after that misses nothing.
/// </summary>
internal sealed class PostgresListener(PostgresConnections connections, string schema) : IAsyncDisposable
{
    private readonly Channel<Commit> _commits = Channel.CreateUnbounded<Commit>();
    private NpgsqlConnection? _connection;

    /// <summary>The channel's name.</summary>
    public string ChannelName { get; } = "flatnet_" + schema;

    /// <summary>Tells this server's own commits from those of others.</summary>
    public string Origin { get; } = Guid.NewGuid().ToString("N");

    /// <summary>What others are told.</summary>
    public string Payload(Commit commit) => string.Create(CultureInfo.InvariantCulture, $"{Origin} {commit.TaskId} {commit.FirstSeq} {commit.LastSeq}");

    /// <summary>Begins to listen.</summary>
    public Task OpenAsync(CancellationToken cancellation) => connections.RetryAsync(
        "listen for other servers",
        async () =>
        {
            await CloseAsync().ConfigureAwait(false);
            var connection = new NpgsqlConnection(connections.Listening);
            connection.Notification += (_, notification) => OnNotification(notification.Payload);
            try
            {
                await connection.OpenAsync(cancellation).ConfigureAwait(false);
                await using var command = new NpgsqlCommand("LISTEN " + new NpgsqlCommandBuilder().QuoteIdentifier(ChannelName), connection);
                await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
            }
            catch
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                throw;
            }

            _connection = connection;
            return true;
        },
        cancellation);

    /// <summary>Tells of commits until it is cancelled.</summary>
    /// <exception cref="StoreException">The connection broke; commits until now may have been missed.</exception>
    public async Task RunAsync(Func<Commit, Task> onCommit, CancellationToken cancellation)
    {
        while (true)
        {
            while (_commits.Reader.TryRead(out Commit? commit))
            {
                await onCommit(commit).ConfigureAwait(false);
            }

            try
            {
                await _connection!.WaitAsync(cancellation).ConfigureAwait(false);
            }
            catch (Exception exception) when (PostgresErrors.IsFailure(exception))
            {
                await OpenAsync(cancellation).ConfigureAwait(false);
                throw PostgresErrors.ToStoreException("listen for other servers", connections.Server, exception);
            }
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync().ConfigureAwait(false);

    private async Task CloseAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void OnNotification(string payload)
    {
        if (payload.Split(' ') is [var origin, var task, var first, var last] && origin != Origin
            && long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out long firstSeq)
            && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out long lastSeq))
        {
            _commits.Writer.TryWrite(new Commit(task, firstSeq, lastSeq));
        }
    }
}
