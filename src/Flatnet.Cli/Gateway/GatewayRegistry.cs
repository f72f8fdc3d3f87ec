using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Flatnet.Cli.Configuration;

namespace Flatnet.Cli.Gateway;

/// <summary>Asks the gateway which containers have registered.</summary>
/// <param name="gateway">The gateway's address.</param>
/// <param name="timeout">How long the whole request may take.</param>
internal sealed class GatewayRegistry(Uri gateway, TimeSpan timeout)
{
    private const int LargestAnswer = 16 << 20;

    /// <summary>All entries, those of other hosts too.</summary>
    /// <exception cref="GatewayException">It did not answer in time, refused, or sent something else.</exception>
    public async Task<ImmutableArray<RegistryEntry>> ListAsync(CancellationToken cancellation)
    {
        // The gateway is a neighbour: a proxy for the Internet cannot reach it.
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { Timeout = timeout, MaxResponseContentBufferSize = LargestAnswer };
        try
        {
            using HttpResponseMessage answer = await client.GetAsync(gateway.At("/api/containers"), cancellation);
            return answer.IsSuccessStatusCode
                ? RegistryReader.Read(await answer.Content.ReadAsByteArrayAsync(cancellation))
                : throw Failed(Reason(answer.StatusCode));
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw Failed(FormattableString.Invariant($"no answer within {timeout.TotalSeconds:0.#} s"), e);
        }
        catch (HttpRequestException e)
        {
            throw Failed(e.HttpRequestError == HttpRequestError.ConnectionError ? (e.InnerException ?? e).Message : e.Message, e);
        }
        catch (JsonException e)
        {
            throw Failed("the answer is no list of containers", e);
        }
    }

    private static string Reason(HttpStatusCode status) => status == HttpStatusCode.Forbidden
        ? "403 Forbidden; it only admits its own host and the Nebula network, set gateway.url to its address there"
        : FormattableString.Invariant($"HTTP {(int)status}");

    private GatewayException Failed(string reason, Exception? inner = null) =>
        new($"cannot read the registry of the gateway at {gateway.Scheme}://{gateway.Authority}: {reason}", inner);
}
