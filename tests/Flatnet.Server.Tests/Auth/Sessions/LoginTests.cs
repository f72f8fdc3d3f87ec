using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Flatnet.Server.Auth;
using Flatnet.Server.Auth.Files;
using Flatnet.Server.Auth.Users;
using Flatnet.Server.Limits;
using Flatnet.Server.Tests.Limits;

namespace Flatnet.Server.Tests.Auth.Sessions;

/// <summary>Over HTTP: log in, go on, log out.</summary>
public sealed class LoginTests : IDisposable
{
    private const string Password = "correct horse battery";

    // Made once: a hash takes a quarter of a second.
    private static readonly byte[] UsersFile = MakeUsers();

    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTime _time = new();
    private readonly UserRegister _users;

    public LoginTests()
    {
        _users = new UserRegister(_directory.PathOf("users.json"), _time);
        OwnerOnlyFile.Replace(_directory.PathOf("users.json"), UsersFile);
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_login_gives_a_token_for_an_hour_that_says_who_and_what()
    {
        await using TestServer server = await StartAsync();

        JsonElement reply = await LoginAsync(server);
        string token = reply.GetProperty("token").GetString()!;

        Assert.Equal(3600, reply.GetProperty("expiresIn").GetInt32());
        Assert.Equal("user:ada", await (await ReadAsync(server, token)).Content.ReadAsStringAsync());
        using HttpResponseMessage other = await server.GetAsync("/read/b", ("Authorization", "Bearer " + token));
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        _time.Advance(TimeSpan.FromSeconds(3660));
        Assert.Equal(HttpStatusCode.Unauthorized, (await ReadAsync(server, token)).StatusCode);
    }

    [Fact]
    public async Task The_files_are_the_owners_alone_and_hold_no_token()
    {
        await using TestServer server = await StartAsync();

        JsonElement reply = await LoginAsync(server);

        foreach (string name in new[] { "users.json", "sessions.json", "session.key" })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_directory.PathOf(name)));
        }

        string refresh = reply.GetProperty("refreshToken").GetString()!;
        Assert.DoesNotContain(refresh[(refresh.LastIndexOf('_') + 1)..], File.ReadAllText(_directory.PathOf("sessions.json")));
        Assert.DoesNotContain(server.Log.Messages, message => message.Text.Contains(Password, StringComparison.Ordinal) || message.Text.Contains(refresh, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_user_get_the_same_answer()
    {
        await using TestServer server = await StartAsync();

        (HttpStatusCode, string?) wrong = await FailAsync(server, new { username = "ada", password = "wrong" });
        (HttpStatusCode, string?) unknown = await FailAsync(server, new { username = "eve", password = Password });

        Assert.Equal((HttpStatusCode.Unauthorized, "The user name or the password is wrong."), wrong);
        Assert.Equal(wrong, unknown);
        Assert.DoesNotContain(server.Log.Messages, message => message.Text.Contains("eve", StringComparison.Ordinal));
    }

    [Fact]
    public void An_unknown_user_costs_as_much_as_a_known_one() =>
        Assert.Equal(_users.List()[0].Password.Iterations, PasswordHash.Nobody.Iterations);

    [Fact]
    public async Task Attempts_are_counted_per_user_and_per_address()
    {
        await using TestServer server = await StartAsync(new LimitOptions { LoginsPerMinute = 1 });
        await FailAsync(server, new { username = "ada", password = "wrong" });

        Assert.Equal(HttpStatusCode.TooManyRequests, (await FailAsync(server, new { username = "bob", password = "wrong" })).Status);

        _time.Advance(TimeSpan.FromMinutes(1));
        await LoginAsync(server);
    }

    [Fact]
    public async Task A_refresh_gives_new_tokens_and_survives_a_restart()
    {
        JsonElement first;
        await using (TestServer server = await StartAsync())
        {
            first = await LoginAsync(server);
        }

        await using TestServer again = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await ReadAsync(again, first.GetProperty("token").GetString()!)).StatusCode);
        _time.Advance(TimeSpan.FromDays(6));
        JsonElement second = await RefreshAsync(again, first);
        _time.Advance(TimeSpan.FromDays(6));
        JsonElement third = await RefreshAsync(again, second);

        Assert.Equal("user:ada", await (await ReadAsync(again, third.GetProperty("token").GetString()!)).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_refresh_token_that_comes_again_ends_the_whole_login_but_no_other()
    {
        await using TestServer server = await StartAsync();
        JsonElement other = await LoginAsync(server);
        JsonElement first = await LoginAsync(server);
        JsonElement second = await RefreshAsync(server, first);

        using HttpResponseMessage again = await PostAsync(server, "refresh", Body(first));

        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        using HttpResponseMessage next = await PostAsync(server, "refresh", Body(second));
        Assert.Equal(HttpStatusCode.Unauthorized, next.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ReadAsync(server, second.GetProperty("token").GetString()!)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ReadAsync(server, other.GetProperty("token").GetString()!)).StatusCode);
    }

    [Fact]
    public async Task A_login_ends_a_week_after_its_last_refresh()
    {
        await using TestServer server = await StartAsync();
        JsonElement login = await LoginAsync(server);
        _time.Advance(TimeSpan.FromDays(7));

        using HttpResponseMessage response = await PostAsync(server, "refresh", Body(login));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Who_logs_out_or_is_removed_is_out_at_once()
    {
        await using TestServer server = await StartAsync();
        JsonElement one = await LoginAsync(server);
        JsonElement two = await LoginAsync(server);

        using HttpResponseMessage logout = await PostAsync(server, "logout", Body(one));
        HttpStatusCode afterLogout = (await ReadAsync(server, one.GetProperty("token").GetString()!)).StatusCode;
        HttpStatusCode stillIn = (await ReadAsync(server, two.GetProperty("token").GetString()!)).StatusCode;
        _users.Remove("ada");
        _users.Add("ada", "another long password", new Grant(["admin"]));
        HttpStatusCode afterRemoval = (await ReadAsync(server, two.GetProperty("token").GetString()!)).StatusCode;
        using HttpResponseMessage refresh = await PostAsync(server, "refresh", Body(two));

        Assert.Equal(
            [HttpStatusCode.NoContent, HttpStatusCode.Unauthorized, HttpStatusCode.OK, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized],
            [logout.StatusCode, afterLogout, stillIn, afterRemoval, refresh.StatusCode]);
    }

    [Fact]
    public async Task A_cookie_is_for_browsers_and_only_pages_of_the_server_may_change_things_with_it()
    {
        await using TestServer server = await StartAsync();
        using HttpResponseMessage login = await PostAsync(server, "login", new { username = "ada", password = Password, cookie = true });
        string set = login.Headers.GetValues("Set-Cookie").Single();
        string cookie = set[..set.IndexOf(';')];
        string origin = server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

        Assert.StartsWith("flatnet_token=", set);
        Assert.Equal(["httponly", "max-age=3600", "path=/", "samesite=strict"], set.Split("; ").Skip(1).Order());
        Assert.Equal(HttpStatusCode.OK, await SendAsync(server, HttpMethod.Get, cookie, null));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(server, HttpMethod.Post, cookie, origin));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(server, HttpMethod.Post, cookie, null));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(server, HttpMethod.Post, cookie, "http://evil.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(server, HttpMethod.Post, cookie, "null"));
    }

    [Fact]
    public async Task A_page_of_another_origin_cannot_log_a_browser_in()
    {
        await using TestServer server = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/login") { Content = JsonContent.Create(new { username = "ada", password = Password }) };
        request.Headers.TryAddWithoutValidation("Origin", "http://evil.example");

        using HttpResponseMessage response = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"username":"ada"}""")]
    [InlineData("""{"username":"ada","password":null}""")]
    [InlineData("""{"username":7,"password":"x"}""")]
    [InlineData("""{"username":"ada","password":"x","admin":true}""")]
    public async Task A_body_that_makes_no_sense_is_told_what_is_expected_and_never_quoted(string body)
    {
        await using TestServer server = await StartAsync();

        using HttpResponseMessage response = await server.Client.PostAsync("/api/v1/auth/login", new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("username, password, cookie (optional)", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_body_must_be_small_and_json()
    {
        await using TestServer server = await StartAsync();

        using HttpResponseMessage large = await PostAsync(server, "login", new { username = "ada", password = new string('x', 20_000) });
        using HttpResponseMessage form = await server.Client.PostAsync("/api/v1/auth/login", new FormUrlEncodedContent([new("username", "ada")]));

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.UnsupportedMediaType), (large.StatusCode, form.StatusCode));
    }

    private static byte[] MakeUsers()
    {
        using var directory = new TemporaryDirectory();
        new UserRegister(directory.PathOf("users.json"), new ManualTime()).Add("ada", Password, new Grant(["logs:read"], ["a"]));
        return File.ReadAllBytes(directory.PathOf("users.json"));
    }

    private static object Body(JsonElement reply) => new { refreshToken = reply.GetProperty("refreshToken").GetString() };

    private static Task<HttpResponseMessage> PostAsync(TestServer server, string path, object body) => server.Client.PostAsJsonAsync("/api/v1/auth/" + path, body);

    private static Task<HttpResponseMessage> ReadAsync(TestServer server, string token) => server.GetAsync("/read/a", ("Authorization", "Bearer " + token));

    private static async Task<HttpStatusCode> SendAsync(TestServer server, HttpMethod method, string cookie, string? origin)
    {
        (string, string)[] headers = origin is null ? [("Cookie", cookie)] : [("Cookie", cookie), ("Origin", origin)];
        using HttpResponseMessage response = await server.SendAsync(method, "/read/a", headers);
        return response.StatusCode;
    }

    private static async Task<JsonElement> LoginAsync(TestServer server) => await GoodAsync(await PostAsync(server, "login", new { username = "ada", password = Password }));

    private static async Task<JsonElement> RefreshAsync(TestServer server, JsonElement reply) => await GoodAsync(await PostAsync(server, "refresh", Body(reply)));

    private static async Task<JsonElement> GoodAsync(HttpResponseMessage response)
    {
        using (response)
        {
            using var body = JsonDocument.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
            return body.RootElement.Clone();
        }
    }

    private static async Task<(HttpStatusCode Status, string? Message)> FailAsync(TestServer server, object body)
    {
        using HttpResponseMessage response = await PostAsync(server, "login", body);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, answer.RootElement.GetProperty("error").GetProperty("message").GetString());
    }

    private Task<TestServer> StartAsync(LimitOptions? limits = null) => TestServer.StartAsync(new AuthOptions { Directory = _directory.Location }, _time, limits);
}
