using Flatnet.Agent.Configuration;

namespace Flatnet.Agent.Transport.Http;

/// <summary>Repeats a request as <c>api.retryCount</c> and <c>api.retryInterval</c> say, where a repetition may help.</summary>
internal static class Retries
{
    /// <exception cref="ServerException">The last attempt failed too, or another would not help.</exception>
    public static async Task<T> RunAsync<T>(ApiOptions options, TimeProvider time, Func<Task<T>> request, CancellationToken cancellation)
    {
        for (int retries = 0; ; retries++)
        {
            try
            {
                return await request().ConfigureAwait(false);
            }
            catch (ServerException error) when (retries < options.RetryCount && error.Refusal is Refusal.Unreachable or Refusal.Busy or Refusal.Throttled)
            {
                await Task.Delay(error.RetryAfter ?? options.RetryInterval, time, cancellation).ConfigureAwait(false);
            }
        }
    }
}
