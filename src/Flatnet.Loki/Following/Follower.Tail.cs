using System.Text.Json;

namespace Flatnet.Loki.Following;

/// <summary>Following by a tail.</summary>
internal sealed partial class Follower
{
    /// <summary>Refused tails, while queries work, after which there is none.</summary>
    private const int MostRefusals = 3;

    /// <summary>Passes on the lines of a tail until it ends, and closes it.</summary>
    private async Task<(TailEnd Kind, string Reason)> ReceiveAsync(TailConnection tail, CancellationToken cancellation)
    {
        var opened = Environment.TickCount64;
        await using (tail.ConfigureAwait(false))
        {
            var end = await ReceiveToEndAsync(tail, cancellation).ConfigureAwait(false);
            await EmitDueAsync(long.MaxValue, cancellation).ConfigureAwait(false);
            _backoff.Held(TimeSpan.FromMilliseconds(Environment.TickCount64 - opened));
            return end;
        }
    }

    private async Task<(TailEnd Kind, string Reason)> ReceiveToEndAsync(TailConnection tail, CancellationToken cancellation)
    {
        var settle = Environment.TickCount64 + (long)_pace.Settle.TotalMilliseconds;
        var forget = settle + (long)_pace.Memory.TotalMilliseconds;
        try
        {
            while (!IsOver)
            {
                var now = Environment.TickCount64;
                var next = Math.Min(_window.NextDue ?? long.MaxValue, settle);
                var pause = Math.Clamp(next - now, 0, 1000);
                if (!await tail.WaitAsync(TimeSpan.FromMilliseconds(pause), cancellation).ConfigureAwait(false))
                {
                    return (tail.End, tail.Reason);
                }

                while (tail.TryRead(out var message))
                {
                    var frame = TailFrame.Read(message, _table);
                    if (frame.HasLoss)
                    {
                        await RecoverAsync(cancellation).ConfigureAwait(false);
                    }

                    foreach (var entry in frame.Entries.Where(IsNew))
                    {
                        _window.Add(entry, Environment.TickCount64);
                    }

                    await EmitDueAsync(Environment.TickCount64, cancellation).ConfigureAwait(false);
                }

                now = Environment.TickCount64;
                await EmitDueAsync(now, cancellation).ConfigureAwait(false);
                if (now >= settle)
                {
                    settle = long.MaxValue;
                    await RecoverAsync(cancellation).ConfigureAwait(false);
                }

                if (now >= forget)
                {
                    _seen.KeepFrom = long.MaxValue;
                }
            }

            return (TailEnd.LastedLongEnough, "");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException || IsTemporary(exception))
        {
            return (TailEnd.Broken, exception.Message);
        }
    }

    /// <summary>Opens the tail again and reads what was missed; a final refusal is given back.</summary>
    private async Task<(TailConnection? Tail, TailRefusedException? Refusal)> ReconnectAsync(
        TailEnd end, string reason, CancellationToken cancellation)
    {
        var isSilent = end == TailEnd.LastedLongEnough;
        Notice(isSilent, reason.Length > 0 ? $"reconnecting… ({reason})" : "reconnecting…");
        var recovered = 0;
        var refusals = 0;
        for (var attempt = 0; ; attempt++)
        {
            if (attempt > 0 || !isSilent)
            {
                await Task.Delay(_backoff.Next(), cancellation).ConfigureAwait(false);
            }

            TailConnection? tail = null;
            TailRefusedException? refusal = null;
            try
            {
                tail = await OpenAsync(cancellation).ConfigureAwait(false);
            }
            catch (TailRefusedException exception)
            {
                refusal = exception;
            }

            try
            {
                recovered += await RecoverAsync(cancellation).ConfigureAwait(false);
                if (tail is not null)
                {
                    Notice(isSilent, $"reconnected, {recovered} lines recovered");
                    return (tail, null);
                }

                // Queries work, only the tail does not: after a while that is taken as an answer.
                if (refusal!.IsFinal || ++refusals == MostRefusals)
                {
                    return (null, new TailRefusedException(refusal.Message, isFinal: true, refusal));
                }
            }
            catch (LokiException exception) when (IsTemporary(exception))
            {
                refusals = 0;
                await CloseAsync(tail).ConfigureAwait(false);
            }
            catch
            {
                await CloseAsync(tail).ConfigureAwait(false);
                throw;
            }
        }
    }
}
