using System.Text.Json;
using Flatnet.Logs.Times;
using Flatnet.Logs.Wire;
using Flatnet.Server.Live;
using Flatnet.Server.Storage;

namespace Flatnet.Server.Sockets;

/// <summary>Sends a subscription's events.</summary>
internal sealed class ViewerFeed(SocketConnection connection, LiveSubscription subscription, string taskId, bool isBatched, TimeProvider time) : Feed
{
    private long _behind;

    public string TaskId => taskId;

    public override TimeSpan BehindFor => Volatile.Read(ref _behind) is > 0 and var since ? time.GetElapsedTime(since) : TimeSpan.Zero;

    public override void Stop() => subscription.Dispose();

    protected override async Task RunAsync()
    {
        try
        {
            await foreach (LiveEvent item in subscription.ReadAsync(connection.Gone).ConfigureAwait(false))
            {
                if (!await SendAsync(item).ConfigureAwait(false))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The viewer is gone.
        }
#pragma warning disable CA1031 // One viewer's trouble is its own.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            connection.Refuse(exception);
        }
        finally
        {
            subscription.Dispose();
        }
    }

    private async ValueTask<bool> SendAsync(LiveEvent item)
    {
        if (item is not Lines lines)
        {
            return await connection.SendAsync(Message(item)).ConfigureAwait(false);
        }

        foreach (ReadOnlyMemory<byte> message in lines.Messages(isBatched))
        {
            if (!await connection.SendAsync(message).ConfigureAwait(false))
            {
                return false;
            }
        }

        if (_behind != 0 && subscription.IsAtEdge)
        {
            Volatile.Write(ref _behind, 0);
        }

        return true;
    }

    private ReadOnlyMemory<byte> Message(LiveEvent item)
    {
        switch (item)
        {
            case Started started:
                return JsonSerializer.SerializeToUtf8Bytes(
                    new SubscribedMessage(taskId, Rfc3339.Format(Rfc3339.Now(time)), started.FirstSeq, started.LastSeq), WireJson.Default.SubscribedMessage);
            case Skipped skipped:
                long count = skipped.ToSeq - skipped.FromSeq + 1;
                SocketMetrics.Skipped.Add(count);
                Interlocked.CompareExchange(ref _behind, time.GetTimestamp(), 0);
                return JsonSerializer.SerializeToUtf8Bytes(
                    new GapMessage(taskId, skipped.FromSeq, skipped.ToSeq, count, "the viewer read too slowly"), WireJson.Default.GapMessage);
            case Truncated truncated:
                return JsonSerializer.SerializeToUtf8Bytes(new TruncatedMessage(taskId, truncated.FirstSeq), WireJson.Default.TruncatedMessage);
            default:
                var ended = (Ended)item;
                return JsonSerializer.SerializeToUtf8Bytes(
                    new EndMessage(taskId, ended.Status.Name(), ended.ExitCode, ended.LastSeq), WireJson.Default.EndMessage);
        }
    }
}
