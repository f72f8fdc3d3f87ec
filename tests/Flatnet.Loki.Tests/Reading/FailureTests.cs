using System.Net;
using System.Net.Sockets;
using Flatnet.Loki.Tests.Support;
using Flatnet.Loki.TestServer;

namespace Flatnet.Loki.Tests.Reading;

public sealed class FailureTests
{
    private static readonly LokiQuery Query = new() { Query = "{job=\"web\"}", Since = Sample.Then, Until = Sample.Then + 10 };

    [Theory]
    [InlineData(400, LokiFailure.BadQuery)]
    [InlineData(401, LokiFailure.Unauthorized)]
    [InlineData(403, LokiFailure.Unauthorized)]
    [InlineData(404, LokiFailure.Unavailable)]
    [InlineData(302, LokiFailure.Unavailable)]
    [InlineData(500, LokiFailure.Unavailable)]
    [InlineData(502, LokiFailure.Unavailable)]
    [InlineData(503, LokiFailure.Unavailable)]
    [InlineData(504, LokiFailure.Unavailable)]
    public async Task A_status_decides_what_failed_and_the_text_is_Lokis(int status, LokiFailure failure)
    {
        var exception = await FailAsync(_ => Response.Text(status, "its own words\n"));
        Assert.Equal(failure, exception.Failure);
        Assert.EndsWith(": its own words", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"{status}", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>Log in</html>")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"status":"success"}""")]
    [InlineData("""{"status":"error","data":{"resultType":"streams","result":[]}}""")]
    [InlineData("""{"status":"success","data":[]}""")]
    [InlineData("""{"status":"success","data":{"resultType":"streams"}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"streams","result":[1]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"streams","result":[{"stream":{},"values":[["soon","x"]]}]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"streams","result":[{"stream":{},"values":[[1795204222405000000,"x"]]}]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"streams","result":[{"stream":{},"values":[["5","from another time"]]}]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":7,"result":[]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"streams","result":[{"stream":{}""")]
    public async Task Nonsense_is_as_good_as_no_answer(string body) =>
        Assert.Equal(LokiFailure.Unavailable, (await FailAsync(_ => Response.Json(body))).Failure);

    [Fact]
    public async Task A_query_for_numbers_is_a_wrong_query()
    {
        var exception = await FailAsync(static _ => Response.Json("""{"status":"success","data":{"resultType":"matrix","result":[]}}"""));
        Assert.Equal(LokiFailure.BadQuery, exception.Failure);
    }

    [Fact]
    public async Task A_refused_connection_is_said_in_plain_words()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var url = new Uri($"http://{taken.LocalEndpoint}");
        taken.Stop();
        using var client = new LokiClient(new() { Url = url });
        var exception = await Assert.ThrowsAsync<LokiException>(() => client.ReadAllAsync(Query));
        Assert.Equal(LokiFailure.Unavailable, exception.Failure);
        Assert.Contains("Connection refused", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<LokiException>(() => client.GetReadinessAsync(default));
    }

    [Fact]
    public async Task An_unknown_host_is_unavailable()
    {
        using var client = new LokiClient(new() { Url = new Uri("http://loki.invalid:3100") });
        Assert.Equal(LokiFailure.Unavailable, (await Assert.ThrowsAsync<LokiException>(() => client.ReadAllAsync(Query))).Failure);
    }

    [Fact]
    public async Task A_Loki_that_never_answers_is_given_up_after_the_time_limit()
    {
        await using var server = new LokiTestServer { Intercept = static _ => Response.Hang };
        using var client = new LokiClient(new() { Url = server.Url, Timeout = TimeSpan.FromMilliseconds(100) });
        var exception = await Assert.ThrowsAsync<LokiException>(() => client.ReadAllAsync(Query));
        Assert.Equal(LokiFailure.Unavailable, exception.Failure);
        Assert.Contains("did not answer within 0.1 s", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_closes_without_answer_is_unavailable() =>
        Assert.Equal(LokiFailure.Unavailable, (await FailAsync(static _ => Response.Close)).Failure);

    [Fact]
    public async Task A_busy_Loki_is_asked_again_after_the_time_it_names()
    {
        var asked = 0;
        await using var server = new LokiTestServer { Intercept = _ => ++asked == 1 ? Busy("0") : null };
        server.Store.Add(Sample.Then, "line", Sample.Web);
        using var client = server.Client();
        Assert.Equal(["line"], await client.ReadLinesAsync(Query));
        Assert.Equal(2, asked);
    }

    [Theory]
    [InlineData("0", 3)]
    [InlineData("3600", 1)]
    public async Task A_Loki_that_stays_busy_is_not_asked_for_ever(string retryAfter, int requests)
    {
        var asked = 0;
        var exception = await FailAsync(_ => Interlocked.Increment(ref asked) > 0 ? Busy(retryAfter) : null);
        Assert.Equal(LokiFailure.TooManyRequests, exception.Failure);
        Assert.Equal(requests, asked);
    }

    [Fact]
    public async Task Cancelling_is_not_a_failure_of_Loki()
    {
        await using var server = new LokiTestServer { Intercept = static _ => Response.Hang };
        using var client = server.Client();
        using var stop = new CancellationTokenSource(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetLabelsAsync(stop.Token));
    }

    [Fact]
    public async Task A_Loki_that_is_starting_says_so()
    {
        await using var server = new LokiTestServer { Intercept = static _ => Response.Text(503, "Ingester not ready: waiting for 15s after being ready\n") };
        using var client = server.Client();
        var (isReady, text, _) = await client.GetReadinessAsync(default);
        Assert.False(isReady);
        Assert.Equal("Ingester not ready: waiting for 15s after being ready", text);
    }

    [Theory]
    [InlineData("ftp://x")]
    [InlineData("/loki")]
    public void An_address_that_is_none_is_refused(string url) =>
        Assert.Throws<ArgumentException>(() => new LokiClient(new() { Url = new Uri(url, UriKind.RelativeOrAbsolute) }));

    [Theory]
    [InlineData("team-1_a.b*'()!")]
    [InlineData("a|b")]
    public void Tenants_that_Loki_allows(string tenant)
    {
        using var client = new LokiClient(new() { Url = new Uri("http://localhost:3100"), Tenant = tenant });
        Assert.Equal(tenant, client.Options.Tenant);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a:b")]
    [InlineData("a b")]
    [InlineData("a\r\nX: y")]
    [InlineData("a||b")]
    [InlineData("日本")]
    public void Tenants_that_Loki_refuses(string tenant) =>
        Assert.Throws<ArgumentException>(() => new LokiClient(new() { Url = new Uri("http://localhost:3100"), Tenant = tenant }));

    [Fact]
    public void A_tenant_has_at_most_150_bytes() =>
        Assert.Throws<ArgumentException>(() => new LokiClient(new() { Url = new Uri("http://localhost:3100"), Tenant = new string('a', 151) }));

    [Fact]
    public async Task Messages_show_neither_token_nor_password()
    {
        await using var server = new LokiTestServer { Intercept = static _ => Response.Text(500, "") };
        using var client = new LokiClient(new() { Url = new UriBuilder(server.Url) { UserName = "me", Password = "hush" }.Uri, Token = "hush" });
        var exception = await Assert.ThrowsAsync<LokiException>(() => client.ReadAllAsync(Query));
        Assert.DoesNotContain("hush", exception.ToString(), StringComparison.Ordinal);
    }

    private static Response Busy(string retryAfter) =>
        Response.Text(429, "too many outstanding requests") with { Headers = new Dictionary<string, string> { ["Retry-After"] = retryAfter } };

    private static async Task<LokiException> FailAsync(Func<Request, Response?> intercept)
    {
        await using var server = new LokiTestServer { Intercept = intercept };
        using var client = server.Client();
        return await Assert.ThrowsAsync<LokiException>(() => client.ReadAllAsync(Query));
    }
}
