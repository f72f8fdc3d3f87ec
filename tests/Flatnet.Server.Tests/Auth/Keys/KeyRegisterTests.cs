using Flatnet.Server.Auth;
using Flatnet.Server.Auth.Files;
using Flatnet.Server.Auth.Keys;
using Flatnet.Server.Errors;
using Flatnet.Server.Tests.Limits;

namespace Flatnet.Server.Tests.Auth.Keys;

public sealed class KeyRegisterTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly Grant Writer = new(["logs:write"], ["build-*"]);

    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTime _time = new();
    private readonly List<Exception> _broken = [];
    private readonly KeyRegister _register;
    private readonly KeyAuthenticator _authenticator;

    public KeyRegisterTests()
    {
        _register = new KeyRegister(Location, _time);
        _authenticator = new KeyAuthenticator(KeyRegister.DocumentAt(Location).Watch(_broken.Add), _time);
    }

    private string Location => _directory.PathOf("data/keys.json");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_key_tells_who_asks_and_what_is_allowed()
    {
        (_, string key) = _register.Create("ci", Writer, TimeSpan.FromDays(30));

        Principal principal = _authenticator.Authenticate(key);

        Assert.Equal(("key:ci", Scopes.LogsWrite, _time.Start.AddDays(30)), (principal.Id, principal.Scopes, principal.ExpiresAt));
        Assert.True(principal.AllowsTask("build-7"));
        Assert.False(principal.AllowsTask("deploy-7"));
    }

    [Fact]
    public void The_key_has_256_bits_and_is_kept_nowhere()
    {
        (ApiKey record, string key) = _register.Create("ci", Writer, null);

        Assert.Matches($"^fnk_{record.Id}_[A-Za-z0-9_-]{{43}}$", key);
        string secret = key[(key.IndexOf('_', 4) + 1)..];
        Assert.DoesNotContain(secret, File.ReadAllText(Location));
        Assert.DoesNotContain(secret, record.ToString());
    }

    [Fact]
    public void The_file_is_the_owners_alone()
    {
        _register.Create("ci", Writer, null);

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Location));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(Location)!));
        Assert.Equal(["keys.json", "keys.json.lock"], Directory.GetFiles(Path.GetDirectoryName(Location)!).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_revoked_key_is_dead_at_once_and_the_others_are_not()
    {
        (ApiKey record, string key) = _register.Create("old", Writer, null);
        (_, string other) = _register.Create("new", Writer, null);
        _authenticator.Authenticate(key);

        Assert.True(_register.Revoke(record.Id));

        Refused(key, "The token is not valid.");
        Assert.Equal("key:new", _authenticator.Authenticate(other).Id);
        Assert.False(_register.Revoke(record.Id));
    }

    [Fact]
    public void A_key_ends_on_the_second()
    {
        (_, string key) = _register.Create("ci", Writer, TimeSpan.FromHours(1));
        _time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        _authenticator.Authenticate(key);

        _time.Advance(TimeSpan.FromSeconds(1));

        Refused(key, "The token has expired.");
    }

    [Fact]
    public void Mutilated_and_invented_keys_are_refused()
    {
        (ApiKey record, string key) = _register.Create("ci", Writer, null);

        foreach (string wrong in new[] { key[..^1], key + "A", key[..^1] + (key[^1] == 'A' ? 'B' : 'A'), $"fnk_{record.Id}_", $"fnk_{record.Id}", "fnk_", "fnk__", $"fnk_0000000000000000_{key[^43..]}" })
        {
            Refused(wrong, "The token is not valid.");
        }
    }

    [Fact]
    public void A_name_is_given_once()
    {
        _register.Create("ci", Writer, null);

        FormatException error = Assert.Throws<FormatException>(() => _register.Create("ci", Writer, null));

        Assert.StartsWith("There is a key 'ci' already", error.Message);
        Assert.Single(_register.List());
    }

    [Theory]
    [InlineData("", "logs:read", "a")]
    [InlineData("two words", "logs:read", "a")]
    [InlineData("line\nbreak", "logs:read", "a")]
    [InlineData("ci", "logs:rad", "a")]
    [InlineData("ci", "logs:read", "../a")]
    [InlineData("ci", "logs:read", "a*b")]
    [InlineData("ci", "logs:read", "")]
    public void What_makes_no_sense_makes_no_key(string name, string scope, string task)
    {
        Assert.Throws<FormatException>(() => _register.Create(name, new Grant([scope], [task]), null));

        Assert.False(File.Exists(Location));
    }

    [Fact]
    public void A_file_that_others_may_read_is_not_used()
    {
        _register.Create("ci", Writer, null);
        File.SetUnixFileMode(Location, OwnerOnly | UnixFileMode.GroupRead);

        IOException error = Assert.Throws<IOException>(() => KeyRegister.DocumentAt(Location).Watch(_broken.Add).Load());

        Assert.Contains("chmod 600", error.Message);
    }

    [Fact]
    public void A_link_in_place_of_the_file_is_not_followed()
    {
        _register.Create("ci", Writer, null);
        File.Move(Location, _directory.PathOf("elsewhere.json"));
        File.CreateSymbolicLink(Location, _directory.PathOf("elsewhere.json"));

        IOException error = Assert.Throws<IOException>(() => _register.List());

        Assert.Contains("symbolic link", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"version":1,"keys":[null]}""")]
    [InlineData("""{"version":2,"keys":[]}""")]
    [InlineData("""{"version":1}""")]
    [InlineData("""{"version":1,"keys":null}""")]
    [InlineData("""{"version":1,"keys":[{"id":"a","name":"b","hash":"","grant":{"scopes":null},"createdAt":"2026-01-01T00:00:00Z"}]}""")]
    [InlineData("""{"version":1,"keys":[{"id":"a","name":"b","hash":"","grant":{"scopes":["root"]},"createdAt":"2026-01-01T00:00:00Z"}]}""")]
    public void A_broken_file_is_told_and_what_it_said_goes_on_holding(string content)
    {
        (_, string key) = _register.Create("ci", Writer, null);
        _authenticator.Authenticate(key);

        OwnerOnlyFile.Replace(Location, System.Text.Encoding.UTF8.GetBytes(content));

        Assert.Equal("key:ci", _authenticator.Authenticate(key).Id);
        Assert.Equal("key:ci", _authenticator.Authenticate(key).Id);
        Assert.Contains(Location, Assert.Single(_broken).Message);
    }

    [Fact]
    public async Task Keys_made_at_the_same_time_are_all_there()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => new KeyRegister(Location, _time).Create($"key-{i}", Writer, null))));

        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"key-{i}"), _register.List().Select(key => key.Name).Order());
    }

    private void Refused(string key, string message)
    {
        ApiException error = Assert.Throws<ApiException>(() => _authenticator.Authenticate(key));
        Assert.Equal((401, "UNAUTHORIZED", message), (error.Status, error.Code, error.Message));
    }
}
