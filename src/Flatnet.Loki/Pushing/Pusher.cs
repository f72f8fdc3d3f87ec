using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Flatnet.Loki.Http;

namespace Flatnet.Loki.Pushing;

/// <summary>Sends lines, again where that helps, in halves where they are too many.</summary>
internal sealed partial class Pusher(LokiHttp http, LokiOptions options, LokiPushOptions pushOptions)
{
    public async Task<LokiPushResult> PushAsync(ImmutableArray<LokiPushLines> streams, CancellationToken cancellation)
    {
        if (TenantName.IsSeveral(options.Tenant))
        {
            throw new ArgumentException($"'{options.Tenant}' names several tenants; lines are written to one.");
        }

        foreach (var stream in streams)
        {
            PushRules.Validate(stream);
        }

        return await SendAsync(
            [.. streams.Where(static stream => !stream.Entries.IsEmpty).Select(static stream => stream with { Entries = PushRules.Distinct(stream.Entries) })],
            cancellation).ConfigureAwait(false);
    }

    private async Task<LokiPushResult> SendAsync(ImmutableArray<LokiPushLines> streams, CancellationToken cancellation)
    {
        var lines = streams.Sum(static stream => stream.Entries.Length);
        if (lines == 0)
        {
            return new LokiPushResult(0, 0, null);
        }

        var body = PushBody.Write(streams);
        for (var attempt = 1; ; attempt++)
        {
            LokiException failure;
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, http.Address("/loki/api/v1/push"))
                {
                    Content = PushBody.ToContent(body, pushOptions.Compress),
                };
                using var response = await http.SendAsync(request, cancellation).ConfigureAwait(false);
                if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent)
                {
                    return new LokiPushResult(lines, 0, null);
                }

                if (response.StatusCode == HttpStatusCode.RequestEntityTooLarge && lines > 1)
                {
                    return await SendHalvesAsync(streams, lines / 2, cancellation).ConfigureAwait(false);
                }

                failure = await http.FailureAsync(response, cancellation).ConfigureAwait(false);
                if (IsFinal(response.StatusCode))
                {
                    return failure.Failure == LokiFailure.Unauthorized
                        ? throw failure
                        : new LokiPushResult(lines, lines == 1 ? 1 : Ignored(failure.Message), failure.Message);
                }
            }
            catch (LokiException exception) when (exception.Failure == LokiFailure.Unavailable)
            {
                failure = exception;
            }

            if (attempt >= pushOptions.MaxAttempts)
            {
                throw failure;
            }

            await Task.Delay(Pause(attempt), cancellation).ConfigureAwait(false);
        }
    }

    private async Task<LokiPushResult> SendHalvesAsync(ImmutableArray<LokiPushLines> streams, int half, CancellationToken cancellation)
    {
        var first = ImmutableArray.CreateBuilder<LokiPushLines>();
        var second = ImmutableArray.CreateBuilder<LokiPushLines>();
        foreach (var stream in streams)
        {
            var count = Math.Min(half, stream.Entries.Length);
            first.Add(stream with { Entries = stream.Entries[..count] });
            second.Add(stream with { Entries = stream.Entries[count..] });
            half -= count;
        }

        var left = await SendAsync([.. first.Where(static stream => !stream.Entries.IsEmpty)], cancellation).ConfigureAwait(false);
        var right = await SendAsync([.. second.Where(static stream => !stream.Entries.IsEmpty)], cancellation).ConfigureAwait(false);
        return new LokiPushResult(left.Sent + right.Sent, left.Ignored + right.Ignored, left.Refusal ?? right.Refusal);
    }

    /// <summary>
    /// Sending the same again cannot help. That holds for 260 too, by which Loki refuses although it looks like a success.
    /// </summary>
    private static bool IsFinal(HttpStatusCode status) =>
        (int)status < 500 && status is not (HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout);

    private TimeSpan Pause(int attempt) => TimeSpan.FromMilliseconds(Math.Min(
        pushOptions.LongestPause.TotalMilliseconds, pushOptions.FirstPause.TotalMilliseconds * Math.Pow(2, attempt - 1)));

    /// <summary>How many lines Loki says it refused, over all streams; null where it does not say.</summary>
    private static int? Ignored(string text)
    {
        var counts = IgnoredText().Matches(text).Select(static match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        return counts.Count > 0 ? counts.Sum() : null;
    }

    [GeneratedRegex(@"total ignored: (\d{1,7}) out of \d")]
    private static partial Regex IgnoredText();
}
