using System.Globalization;
using Flatnet.Server.Auth;

namespace Flatnet.Server.Limits;

/// <summary>Puts the limits into the host and onto endpoints.</summary>
internal static class LimitExtensions
{
    public static IServiceCollection AddLimits(this IServiceCollection services, LimitOptions options) => services
        .AddSingleton(options)
        .AddSingleton<RateLimits>()
        .AddSingleton<LineLimiter>();

    /// <summary>Counts the requests of endpoints that have a limit; after <c>UseAuth</c>, which tells whose they are.</summary>
    public static IApplicationBuilder UseLimits(this IApplicationBuilder app)
    {
        RateLimits limits = app.ApplicationServices.GetRequiredService<RateLimits>();
        return app.Use((context, next) =>
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<LimitMetadata>() is { } metadata
                && limits.Take(metadata.Limit, AskerOf(context)) is { } quota)
            {
                Tell(context.Response.Headers, quota);
                if (quota.RetryAfter is { } after)
                {
                    throw RateLimits.Exceeded(after);
                }
            }

            return next(context);
        });
    }

    /// <summary>Counts an endpoint's requests.</summary>
    public static TBuilder Limit<TBuilder>(this TBuilder endpoint, RateLimit limit)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new LimitMetadata(limit));

    /// <summary>Where a request comes from, as a limit counts it.</summary>
    public static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "local";

    // Behind a proxy all askers have one address: whoever is known is counted by name.
    private static string AskerOf(HttpContext context) => context.FindPrincipal()?.Id ?? AddressOf(context);

    private static void Tell(IHeaderDictionary headers, Quota quota)
    {
        headers["RateLimit-Limit"] = quota.Limit.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = quota.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = Math.Ceiling(quota.UntilFull.TotalSeconds).ToString(CultureInfo.InvariantCulture);
    }

    private sealed record LimitMetadata(RateLimit Limit);
}
