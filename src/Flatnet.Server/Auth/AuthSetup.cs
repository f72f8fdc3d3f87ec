using Flatnet.Server.Auth.Files;
using Flatnet.Server.Auth.Jwt;
using Flatnet.Server.Auth.Keys;
using Flatnet.Server.Auth.Origins;
using Flatnet.Server.Auth.Sessions;
using Flatnet.Server.Auth.Users;
using Flatnet.Server.Rest.Description;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Tokens;

namespace Flatnet.Server.Auth;

/// <summary>The feature: who asks, and how to log in.</summary>
internal static class AuthSetup
{
    private static readonly TimeSpan ProviderTimeout = TimeSpan.FromSeconds(5);
    private const long LargestProviderAnswer = 1 << 20;
    private const string Json = "application/json";

    /// <exception cref="Hosting.HostingException">The keys of tokens cannot be used.</exception>
    public static IServiceCollection AddAuth(this IServiceCollection services, AuthOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(new OriginPolicy(options.AllowedOrigins));
        services.AddSingleton(provider => KeyRegister.DocumentAt(options.PathOf(options.KeysFile)).Watch(OnBroken(provider)));
        services.AddSingleton(provider => UserRegister.DocumentAt(options.PathOf(options.UsersFile)).Watch(OnBroken(provider)));
        services.AddSingleton(provider => new SessionRegister(options.PathOf(options.SessionsFile), options.RefreshLifetime, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => provider.GetRequiredService<SessionRegister>().Watch(OnBroken(provider)));
        services.AddSingleton(new Lazy<SymmetricSecurityKey>(() => SessionKey.LoadOrCreate(options.PathOf(options.SessionKeyFile))));
        services.AddSingleton<AuthState>();
        services.AddSingleton<KeyAuthenticator>();
        services.AddSingleton<SessionAuthenticator>();
        services.AddSingleton<LoginService>();
        services.AddSingleton<IAuthenticator, Authenticator>();
        if (options.Jwt is { } jwt)
        {
            services.AddSingleton(jwt);
            services.AddSingleton<JwtAuthenticator>();
            if (jwt.KeyFile is { } file)
            {
                services.AddSingleton<IKeySource>(KeyFile.Load(file));
            }
            else
            {
                services.AddSingleton<IKeySource, ProviderKeys>();
                services.AddSingleton<IDocumentRetriever>(new HttpDocumentRetriever(new HttpClient { Timeout = ProviderTimeout, MaxResponseContentBufferSize = LargestProviderAnswer })
                {
                    RequireHttps = !jwt.Authority!.IsLoopback,
                });
            }
        }

        return services;
    }

    /// <summary>Reads the files, and then finds out who makes each request.</summary>
    /// <exception cref="IOException">A file of keys or users cannot be used.</exception>
    public static IApplicationBuilder UseAuth(this IApplicationBuilder app)
    {
        IServiceProvider services = app.ApplicationServices;
        services.GetRequiredService<WatchedFile<KeyDocument>>().Load();
        services.GetRequiredService<WatchedFile<UserDocument>>().Load();
        services.GetRequiredService<WatchedFile<SessionDocument>>().Load();
        if (services.GetRequiredService<AuthState>().IsOpen)
        {
            AuthMessages.LogOpen(LoggerOf(services));
        }

        return app.UseMiddleware<AuthMiddleware>();
    }

    public static void MapAuth(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/auth/login", LoginEndpoints.LoginAsync)
            .Describe("Log in", "A token for an hour, and one to go on with.", [Json], []).Returns(Shapes.Session).Takes("The password of a user.", Shapes.Login, Json);
        routes.MapPost("/api/v1/auth/refresh", LoginEndpoints.RefreshAsync)
            .Describe("Go on", "New tokens for the last refresh token, which is good once.", [Json], []).Returns(Shapes.Session).Takes("The last refresh token.", Shapes.Refresh, Json);
        routes.MapPost("/api/v1/auth/logout", LoginEndpoints.LogoutAsync)
            .Describe("Log out", "Ends the login.", [], []).Takes("The last refresh token.", Shapes.Refresh, Json);
    }

    private static Action<Exception> OnBroken(IServiceProvider services) => error => AuthMessages.LogBroken(LoggerOf(services), error.Message);

    private static ILogger LoggerOf(IServiceProvider services) => services.GetRequiredService<ILoggerFactory>().CreateLogger("Flatnet.Server.Auth");
}
