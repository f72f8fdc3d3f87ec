using System.Collections.Immutable;
using Microsoft.IdentityModel.Tokens;

namespace Flatnet.Server.Auth.Jwt;

/// <summary>Where the keys of tokens come from.</summary>
internal interface IKeySource
{
    /// <summary>The keys that may have signed a token.</summary>
    /// <param name="keyId">The ID that the token names; null if it names none.</param>
    /// <param name="cancellation">The request's.</param>
    /// <exception cref="Errors.ApiException">There are none at the moment: 503.</exception>
    public ValueTask<ImmutableArray<SecurityKey>> FindAsync(string? keyId, CancellationToken cancellation);
}
