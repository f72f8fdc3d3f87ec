namespace Flatnet.Loki.Following;

/// <summary>Following by queries.</summary>
internal sealed partial class Follower
{
    /// <summary>Asks again and again where there is no tail.</summary>
    private async Task PollAsync(string reason, CancellationToken cancellation)
    {
        Notice(false, $"no live tail ({reason}): asking every {_pace.Poll.TotalSeconds:0.#} s instead");
        var isLost = false;
        _seen.KeepFrom = long.MaxValue;
        while (!IsOver)
        {
            await Task.Delay(isLost ? _backoff.Next() : _pace.Poll, cancellation).ConfigureAwait(false);
            try
            {
                var recovered = await RecoverAsync(cancellation).ConfigureAwait(false);
                Notice(!isLost, $"reconnected, {recovered} lines recovered");
                isLost = false;
                _backoff.Held(TimeSpan.MaxValue);
            }
            catch (LokiException exception) when (IsTemporary(exception))
            {
                Notice(isLost, $"reconnecting… ({exception.Message})");
                isLost = true;
            }
        }
    }
}
