using System.CommandLine;
using System.Text.Json;
using Flatnet.Server.Auth;
using Flatnet.Server.Auth.Commands;
using Flatnet.Server.Auth.Keys;
using Flatnet.Server.Auth.Users;
using Flatnet.Server.Hosting;

namespace Flatnet.Server.Tests.Auth.Commands;

public sealed class AccountCommandTests : IDisposable
{
    private const string Password = "correct horse battery";

    private readonly TemporaryDirectory _directory = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Token_create_writes_the_key_alone_and_the_key_works()
    {
        Run("token", "create", "--name", "ci", "--scope", "logs:write,logs:read", "--task", "build-*", "--expires", "30d");

        string key = _output.ToString().TrimEnd('\n');
        Principal principal = new KeyAuthenticator(KeyRegister.DocumentAt(_directory.PathOf("keys.json")).Watch(error => throw error), TimeProvider.System).Authenticate(key);
        Assert.Equal(("key:ci", Scopes.LogsRead | Scopes.LogsWrite), (principal.Id, principal.Scopes));
        Assert.Equal(["build-*"], principal.Tasks!.Value.ToArray());
        Assert.InRange(principal.ExpiresAt!.Value - DateTimeOffset.UtcNow, TimeSpan.FromDays(29.9), TimeSpan.FromDays(30));
        Assert.Contains("logs:write logs:read on build-*", _error.ToString());
        Assert.DoesNotContain(key, _error.ToString());
    }

    [Fact]
    public void Token_create_and_list_speak_json()
    {
        Run("token", "create", "--name", "ci", "--scope", "logs:read", "--json");
        using var created = JsonDocument.Parse(_output.ToString());
        _output.GetStringBuilder().Clear();

        Run("token", "list", "--json");

        using var listed = JsonDocument.Parse(_output.ToString());
        JsonElement item = Assert.Single(listed.RootElement.EnumerateArray());
        Assert.Equal(created.RootElement.GetProperty("id").GetString(), item.GetProperty("id").GetString());
        Assert.StartsWith("fnk_", created.RootElement.GetProperty("key").GetString());
        Assert.Equal(["id", "name", "scopes", "tasks", "createdAt", "expiresAt"], item.EnumerateObject().Select(member => member.Name));
        Assert.Equal(JsonValueKind.Null, item.GetProperty("expiresAt").ValueKind);
    }

    [Fact]
    public void Token_revoke_takes_a_name_or_an_id_and_knows_when_there_is_none()
    {
        Run("token", "create", "--name", "ci", "--scope", "logs:read");

        Run("token", "revoke", "ci");

        HostingException error = Assert.Throws<HostingException>(() => Run("token", "revoke", "ci"));
        Assert.StartsWith("There is no key 'ci'.", error.Message);
    }

    [Theory]
    [InlineData("--name", "ci", "--scope", "logs:rad")]
    [InlineData("--name", "c i", "--scope", "logs:read")]
    [InlineData("--name", "ci", "--scope", ",")]
    public void What_makes_no_sense_is_a_usage_error(params string[] options) => Assert.Throws<HostingException>(() => Run(["token", "create", .. options]));

    [Theory]
    [InlineData("--name", "ci")]
    [InlineData("--scope", "admin")]
    [InlineData("--name", "ci", "--scope", "admin", "--expires", "soon")]
    [InlineData("--name", "ci", "--scope", "admin", "--expires", "0s")]
    public void What_is_missing_or_cannot_be_read_is_told_before_anything_is_done(params string[] options) =>
        Assert.NotEmpty(Root().Parse(["token", "create", .. options]).Errors);

    [Fact]
    public void User_add_takes_the_password_from_a_file_or_asks_for_it()
    {
        string file = _directory.PathOf("password");
        File.WriteAllText(file, Password + "\n");

        Run("user", "add", "ada", "--scope", "admin", "--password-file", file);
        Run("user", "add", "bob", "--scope", "logs:read");

        IReadOnlyList<UserRecord> users = new UserRegister(_directory.PathOf("users.json"), TimeProvider.System).List();
        Assert.Equal(["ada", "bob"], users.Select(user => user.Name));
        Assert.True(users[0].Password.Matches(Password));
        Assert.True(users[1].Password.Matches("asked for, as it seems"));
        Assert.DoesNotContain(Password, File.ReadAllText(_directory.PathOf("users.json")));
    }

    [Fact]
    public void User_list_and_remove()
    {
        Run("user", "add", "ada", "--scope", "logs:read", "--task", "a");
        Run("user", "list");
        Run("user", "remove", "ada");

        Assert.Equal("ada  logs:read on a\n", _output.ToString());
        Assert.Throws<HostingException>(() => Run("user", "remove", "ada"));
    }

    private RootCommand Root()
    {
        var options = new AuthOptions { Directory = _directory.Location };
        return [TokenCommand.Create(_ => options), UserCommand.Create(_ => options, _ => "asked for, as it seems")];
    }

    private void Run(params string[] arguments) => Assert.Equal(
        0, Root().Parse(arguments).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = _output, Error = _error }));
}
