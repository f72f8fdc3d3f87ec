using Flatnet.Logs.Redaction;

namespace Flatnet.Logs.Tests.Redaction;

public sealed class SecretTests
{
    [Theory]
    [InlineData("password=hunter2", "password=[REDACTED]")]
    [InlineData("DB_PASSWORD=hunter2 DB_USER=bob", "DB_PASSWORD=[REDACTED] DB_USER=bob")]
    [InlineData("login with Password: hunter2.", "login with Password: [REDACTED].")]
    [InlineData("passwd = \"two words\", next", "passwd = \"[REDACTED]\", next")]
    [InlineData("{\"user\":\"bob\",\"password\":\"a\\\"b c\",\"x\":1}", "{\"user\":\"bob\",\"password\":\"[REDACTED]\",\"x\":1}")]
    [InlineData("{\"pin_token\": 1234, \"x\":1}", "{\"pin_token\": \"[REDACTED]\", \"x\":1}")]
    [InlineData("{\"clientSecret\":{\"a\":\"}\"},\"x\":1}", "{\"clientSecret\":\"[REDACTED]\",\"x\":1}")]
    [InlineData("{\"msg\":\"{\\\"token\\\":\\\"a b\\\"}\"}", "{\"msg\":\"{\\\"token\\\":\\\"[REDACTED]\\\"}\"}")]
    [InlineData("{\"msg\":\"login password=hunter2\",\"user\":\"bob\"}", "{\"msg\":\"login password=[REDACTED]\",\"user\":\"bob\"}")]
    [InlineData("{'api_key': 'x y'}", "{'api_key': '[REDACTED]'}")]
    [InlineData("GET /x?access_token=abc&user=bob HTTP/1.1", "GET /x?access_token=[REDACTED]&user=bob HTTP/1.1")]
    [InlineData("Server=db;Password=a,b!c;Database=x", "Server=db;Password=[REDACTED];Database=x")]
    [InlineData("mysql --password hunter2 --host db", "mysql --password [REDACTED] --host db")]
    [InlineData("mysql --no-password --host db", "mysql --no-password --host db")]
    [InlineData("<Password>hunter2</Password>", "<Password>[REDACTED]</Password>")]
    [InlineData("params[\"token\"] = abc", "params[\"token\"] = \"[REDACTED]\"")]
    [InlineData(":password=>\"a b\"", ":password=>\"[REDACTED]\"")]
    [InlineData("secret key: abc", "secret key: [REDACTED]")]
    [InlineData("aws_secret_access_key=wJalr/K7MDENG+bPx", "aws_secret_access_key=[REDACTED]")]
    [InlineData("x-api-key: abc", "x-api-key: [REDACTED]")]
    [InlineData("password='it''s'", "password='[REDACTED]'")]
    [InlineData("password=[REDACTED]hunter2", "password=[REDACTED]")]
    [InlineData("password=\"never closed", "password=\"[REDACTED]")]
    [InlineData("Authorization: Bearer abc.def-123", "Authorization: Bearer [REDACTED]")]
    [InlineData("authorization: \"Custom abc\"", "authorization: \"Custom [REDACTED]\"")]
    [InlineData("-H 'Authorization: Basic dXNlcjpwYXNz'", "-H 'Authorization: Basic [REDACTED]'")]
    [InlineData("Authorization: abc123", "Authorization: [REDACTED]")]
    [InlineData("got bearer 4f2a9c", "got bearer [REDACTED]")]
    [InlineData("jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln ok", "jwt [REDACTED] ok")]
    [InlineData("postgres://bob:hunter2@db:5432/x", "postgres://bob:[REDACTED]@db:5432/x")]
    [InlineData("https://ghtoken@github.com/x", "https://[REDACTED]@github.com/x")]
    [InlineData("key AKIAIOSFODNN7EXAMPLE used", "key [REDACTED] used")]
    [InlineData("pushed with ghp_0123456789abcdefghijABCDEFGHIJ012345", "pushed with [REDACTED]")]
    [InlineData("a -----BEGIN RSA PRIVATE KEY-----\\nMII\\n-----END RSA PRIVATE KEY----- b", "a [REDACTED] b")]
    public void A_secret_is_masked_and_what_is_around_it_stays(string line, string masked) => Assert.Equal(masked, Redact.Line(line));

    [Theory]
    [InlineData("password rejected for bob")]
    [InlineData("Unexpected token } in JSON at position 5")]
    [InlineData("prompt_tokens=512 max_tokens: 4096")]
    [InlineData("tokenizer: loaded")]
    [InlineData("PWD=/root OLDPWD=/tmp")]
    [InlineData("basic authentication failed, Bearer authentication tried")]
    [InlineData("basically v2 of it")]
    [InlineData("WWW-Authenticate: Basic realm=\"x\"")]
    [InlineData("authorization_endpoint=https://id.example.org/auth")]
    [InlineData("cloning ssh://git@github.com/x and https://github.com/y?z=a@b")]
    [InlineData("region ap-southeast asia=1 akia=2")]
    [InlineData("data eyJub3QiOiJhIHRva2VuIn0")]
    [InlineData("-----BEGIN CERTIFICATE-----")]
    [InlineData("")]
    public void What_is_no_secret_stays(string line) => Assert.Equal(line, Redact.Line(line));

    [Fact]
    public void A_key_over_several_lines_is_masked_to_its_end() => Assert.Equal(
        ["x [REDACTED]", "[REDACTED]", "", "[REDACTED]", "[REDACTED] y", "z"],
        Redact.Lines(["x -----BEGIN PRIVATE KEY-----", "MIIEvQ", "", "abc=", "-----END PRIVATE KEY----- y", "z"]));

    [Fact]
    public void A_key_without_end_does_not_swallow_the_log()
    {
        List<string?> lines = Redact.Lines(["-----BEGIN PRIVATE KEY-----", .. Enumerable.Repeat("line", 1001)]);
        Assert.Equal("[REDACTED]", lines[1000]);
        Assert.Equal("line", lines[1001]);
    }

    [Fact]
    public void Each_source_has_its_own_keys()
    {
        var redactor = new LineRedactor(new LogFilter(new LogFilterOptions()));
        redactor.Redact(Redact.Entry("-----BEGIN PRIVATE KEY-----"));
        Assert.Equal("hello", redactor.Redact(Redact.Entry("hello", LogSource.Stderr))!.Message);
        Assert.Equal("[REDACTED]", redactor.Redact(Redact.Entry("hello"))!.Message);
    }

    [Fact]
    public void A_secret_that_a_cut_line_ends_in_goes_on_in_its_next_part()
    {
        var redactor = new LineRedactor(new LogFilter(new LogFilterOptions()));
        Assert.Equal("password=[REDACTED]", redactor.Redact(Redact.Entry("password=hun") with { IsPartial = true })!.Message);
        Assert.Equal("[REDACTED]", redactor.Redact(Redact.Entry("ter2 and more"))!.Message);
        Assert.Equal("and more", redactor.Redact(Redact.Entry("and more"))!.Message);
    }

    [Fact]
    public void A_line_that_replaces_a_prompt_is_looked_at_by_itself()
    {
        var redactor = new LineRedactor(new LogFilter(new LogFilterOptions()));
        redactor.Redact(Redact.Entry("token: a") with { IsPartial = true, Sequence = 1 });
        Assert.Equal("token: [REDACTED] ok", redactor.Redact(Redact.Entry("token: abc ok") with { Replaces = 1 })!.Message);
    }
}
