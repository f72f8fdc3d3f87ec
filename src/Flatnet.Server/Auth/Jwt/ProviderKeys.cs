using System.Collections.Immutable;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Flatnet.Server.Auth.Jwt;

/// <summary>The keys that an OpenID provider publishes. They are kept for hours, and asked for again at once when a token names a key
/// that is not among them, though not more often than every few seconds: anybody can invent names. While the provider is silent
/// the known keys go on holding. (The library's own cache refreshes in the background, and the first token after
/// a change of keys would be refused.)</summary>
internal sealed partial class ProviderKeys(JwtOptions options, IDocumentRetriever documents, TimeProvider time, ILogger<ProviderKeys> logger) : IKeySource, IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly string _address = options.Authority!.ToString().TrimEnd('/') + "/.well-known/openid-configuration";
    private volatile Known? _known;
    private long _askedAt;
    private bool _asked;

    public async ValueTask<ImmutableArray<SecurityKey>> FindAsync(string? keyId, CancellationToken cancellation)
    {
        if (_known is { } known && IsGood(known, keyId))
        {
            return known.Keys;
        }

        await _one.WaitAsync(cancellation);
        try
        {
            // Somebody else may have asked while this one waited.
            if ((_known is not { } news || !IsGood(news, keyId)) && (!_asked || time.GetElapsedTime(_askedAt) >= ShortestPause))
            {
                await AskAsync();
            }

            return _known?.Keys ?? throw AuthErrors.IssuerSilent();
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private bool IsGood(Known known, string? keyId) =>
        time.GetElapsedTime(known.Since) < Lifetime && (keyId is null || known.Keys.Any(key => key.KeyId == keyId));

    // Not ended by the request that happens to need it: others wait for the same answer. The retriever has a time limit of its own.
    private async Task AskAsync()
    {
        (_askedAt, _asked) = (time.GetTimestamp(), true);
        try
        {
            OpenIdConnectConfiguration configuration = await OpenIdConnectConfigurationRetriever.GetAsync(_address, documents, CancellationToken.None);
            if (configuration.Issuer != options.Issuer)
            {
                throw new InvalidOperationException($"it calls itself '{configuration.Issuer}', and '{options.Issuer}' was expected (auth.jwt.issuer).");
            }

            ImmutableArray<SecurityKey> keys = [.. configuration.SigningKeys.Where(key => Algorithms.For(key) is not (null or SecurityAlgorithms.HmacSha256))];
            _known = new Known(keys, time.GetTimestamp());
            LogKeys(_address, keys.Length);
        }
        catch (Exception error)
        {
            // Whatever the provider answers must not stop the server; the tokens that need it are refused.
            LogSilent(_address, error.Message);
        }
    }

    private sealed record Known(ImmutableArray<SecurityKey> Keys, long Since);
}
