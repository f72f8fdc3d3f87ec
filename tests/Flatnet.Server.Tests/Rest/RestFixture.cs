namespace Flatnet.Server.Tests.Rest;

/// <summary>One server for all tests of a class; each test has a task of its own.</summary>
public sealed class RestFixture : IAsyncLifetime
{
    internal RestServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await RestServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
