using Flatnet.Server.Telemetry;
using Flatnet.Server.Tests.Rest;

namespace Flatnet.Server.Tests.Telemetry;

public sealed class CollectorTests
{
    [Fact]
    public async Task Metrics_and_traces_go_to_the_collector_and_no_secret_with_them()
    {
        await using Collector collector = await Collector.StartAsync();
        await using (RestServer server = await RestServer.StartAsync(options => options with
        {
            Telemetry = new TelemetryOptions { OtlpEndpoint = collector.Address, OtlpOverHttp = true },
        }))
        {
            await server.FillAsync("t", 1);
            Assert.Equal(200, (await server.GetAsync("/api/v1/tasks/t/logs?q=hunter2000")).Status);
            Assert.Equal(401, (await server.SendAsync(HttpMethod.Get, "/api/v1/tasks/t?token=hunter2000", token: "hunter2000-is-no-token")).Status);
        }

        // A server that stops sends the rest.
        Assert.Equal(["/v1/metrics", "/v1/traces"], collector.Received.Select(request => request.Path).Distinct().Order());
        Assert.All(collector.Received, request => Assert.Equal("application/x-protobuf", request.Type));
        Assert.All(collector.Received, request => Assert.Contains("flatnetd", request.Body, StringComparison.Ordinal));
        Assert.Contains(collector.Received, request => request.Path == "/v1/metrics" && request.Body.Contains("http.server.request.duration", StringComparison.Ordinal));
        Assert.Contains(collector.Received, request => request.Path == "/v1/traces" && request.Body.Contains("/api/v1/tasks/{taskId}/logs", StringComparison.Ordinal));
        Assert.All(collector.Received, request => Assert.DoesNotContain("hunter2000", request.Body, StringComparison.Ordinal));
        Assert.All(collector.Received, request => Assert.DoesNotContain(RestServer.AdminToken, request.Body, StringComparison.Ordinal));
    }
}
