using System.Collections.Immutable;
using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Flatnet.Server.Hosting;

/// <summary>Which pages of other hosts a browser lets use the interface (CORS).</summary>
internal static class CrossOrigin
{
    private const string Any = "*";

    public static IServiceCollection AddCrossOrigin(this IServiceCollection services, ImmutableArray<string> origins) => services.AddCors(cors => cors.AddDefaultPolicy(policy =>
    {
        policy.WithMethods("GET", "POST", "PUT", "DELETE")
            .WithHeaders("Authorization", "Content-Type", "Content-Encoding", "X-API-Key")
            .WithExposedHeaders("Content-Disposition", "Location", "Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
            .SetPreflightMaxAge(TimeSpan.FromMinutes(10));
        Allow(policy, origins);
    }));

    // Cookies only for pages that are named: with * any page could use the login of whoever looks at it.
    private static void Allow(CorsPolicyBuilder policy, ImmutableArray<string> origins)
    {
        if (origins.Contains(Any))
        {
            policy.AllowAnyOrigin();
        }
        else if (!origins.IsEmpty)
        {
            policy.WithOrigins([.. origins]).AllowCredentials();
        }
    }
}
