using System.Collections.Immutable;
using System.Net;
using Flatnet.Cli.Gateway;

namespace Flatnet.Cli.Tests.Gateway;

public sealed class GatewayRegistryTests
{
    private static async Task<string> FailureAsync(FakeGateway gateway, TimeSpan timeout) =>
        (await Assert.ThrowsAsync<GatewayException>(() => new GatewayRegistry(new Uri(gateway.Url), timeout).ListAsync(CancellationToken.None))).Message;

    [Fact]
    public async Task The_list_is_read()
    {
        using var gateway = new FakeGateway("""[{"id":"abc","ip":"10.87.1.2"}]""");

        ImmutableArray<RegistryEntry> entries = await new GatewayRegistry(new Uri(gateway.Url), TimeSpan.FromSeconds(30)).ListAsync(CancellationToken.None);

        Assert.Equal("abc", Assert.Single(entries).Id);
        Assert.Equal("GET /api/containers", Assert.Single(gateway.Requests));
    }

    [Fact]
    public async Task A_path_of_the_gateway_is_kept()
    {
        using var gateway = new FakeGateway("{}");

        await new GatewayRegistry(new Uri(gateway.Url + "flatnet"), TimeSpan.FromSeconds(30)).ListAsync(CancellationToken.None);

        Assert.Equal("GET /flatnet/api/containers", Assert.Single(gateway.Requests));
    }

    [Theory]
    [InlineData("<html>", HttpStatusCode.OK, "the answer is no list of containers")]
    [InlineData("\"text\"", HttpStatusCode.OK, "the answer is no list of containers")]
    [InlineData("{\"error\":\"x\"}", HttpStatusCode.OK, "the answer is no list of containers")]
    [InlineData("[", HttpStatusCode.OK, "the answer is no list of containers")]
    [InlineData("[]", HttpStatusCode.InternalServerError, "HTTP 500")]
    [InlineData("", HttpStatusCode.Found, "HTTP 302")]
    [InlineData("", HttpStatusCode.Forbidden, "403 Forbidden; it only admits its own host and the Nebula network, set gateway.url to its address there")]
    public async Task What_is_no_list_is_said(string body, HttpStatusCode status, string reason)
    {
        using var gateway = new FakeGateway(body, status);

        string message = await FailureAsync(gateway, TimeSpan.FromSeconds(30));

        Assert.Equal($"cannot read the registry of the gateway at {gateway.Url.TrimEnd('/')}: {reason}", message);
    }

    [Fact]
    public async Task A_gateway_that_does_not_answer_is_given_up()
    {
        using var gateway = new FakeGateway(null);

        Assert.EndsWith(": no answer within 0.2 s", await FailureAsync(gateway, TimeSpan.FromSeconds(0.2)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_is_no_failure_of_the_gateway()
    {
        using var gateway = new FakeGateway(null);
        using var cancellation = new CancellationTokenSource();
        Task<ImmutableArray<RegistryEntry>> listing = new GatewayRegistry(new Uri(gateway.Url), TimeSpan.FromMinutes(1)).ListAsync(cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listing);
    }
}
