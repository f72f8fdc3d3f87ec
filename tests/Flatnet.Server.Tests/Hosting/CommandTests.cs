using Flatnet.Server.Commands;
using Flatnet.Server.Tests.Auth;

namespace Flatnet.Server.Tests.Hosting;

public sealed class CommandTests : IDisposable
{
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
    public async Task Config_show_has_every_value_with_its_origin_and_no_secret()
    {
        string file = Write("server:\n  listen: [127.0.0.1:1234]\nauth:\n  adminToken: very-secret-admin-token\n");

        int code = await RunAsync("config", "show", "--config", file, "--log-level", "WARN", "--set", "tasks.autoCreate=false");

        Assert.Equal(0, code);
        string[] lines = _output.ToString().Split('\n');
        Assert.Contains($"server.listen: 127.0.0.1:1234  # {file}:2", lines);
        Assert.Contains($"auth.adminToken: ***  # {file}:4", lines);
        Assert.Contains("logging.level: WARN  # flag", lines);
        Assert.Contains("tasks.autoCreate: false  # flag", lines);
        Assert.Contains("retention.period: 90d  # default", lines);
        Assert.DoesNotContain("very-secret", _output.ToString() + _error);
    }

    [Fact]
    public async Task A_flag_wins_over_the_file()
    {
        string file = Write("server:\n  listen: [127.0.0.1:1]\ndataDir: /file\n");

        await RunAsync("config", "show", "--config", file, "--listen", "127.0.0.1:2", "--listen", "[::1]:2", "--data-dir", "/flag");

        string[] lines = _output.ToString().Split('\n');
        Assert.Contains("server.listen: 127.0.0.1:2,[::1]:2  # flag", lines);
        Assert.Contains("dataDir: /flag  # flag", lines);
    }

    [Theory]
    [InlineData("server:\n  lisen: x\n", "'server.lisen' is no setting; did you mean 'server.listen'?")]
    [InlineData("server:\n  maxBodySize: big\n", "line 2, column 16")]
    [InlineData("server:\n  listen: [nowhere]\n", "server.listen: 'nowhere' is no address")]
    [InlineData("server:\n  listen: nowhere\n", "server.listen: 'nowhere' is no address")]
    [InlineData("server:\n  listen: []\n", "server.listen is empty")]
    [InlineData("server:\n  tls:\n    certificate: /c.pem\n", "server.tls.certificate and server.tls.key belong together")]
    [InlineData("server:\n  listen: ['0.0.0.0:1']\n", "no admin token is set")]
    [InlineData("a: [\n", "line 2")]
    public async Task Config_check_says_what_is_wrong(string yaml, string expected)
    {
        int code = await RunAsync("config", "check", "--data-dir", _directory.Location, "--config", Write(yaml));

        Assert.Equal((2, ""), (code, _output.ToString()));
        Assert.Contains(expected, _error.ToString());
        Assert.StartsWith("Error: ", _error.ToString());
    }

    [Fact]
    public async Task Config_check_likes_what_is_good()
    {
        Assert.Equal(0, await RunAsync("config", "check", "--data-dir", _directory.Location, "--config", Write("server: {}\n")));
        Assert.Equal("The configuration is good.", _output.ToString().Trim());
    }

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("serve --nonsense")]
    [InlineData("config show --set nonsense")]
    [InlineData("config show --set no.such=1")]
    [InlineData("config show --config /nowhere/flatnetd.yaml")]
    public async Task A_command_line_that_makes_no_sense_ends_with_2(string arguments)
    {
        Assert.Equal(2, await RunAsync(arguments.Split(' ')));
        Assert.StartsWith("Error: ", _error.ToString());
    }

    [Fact]
    public async Task Version_is_shown()
    {
        Assert.Equal(0, await RunAsync("version"));
        Assert.Matches(@"^flatnetd \d+\.\d+\.\d+\n$", _output.ToString());
    }

    private string Write(string yaml)
    {
        string file = _directory.PathOf("flatnetd.yaml");
        File.WriteAllText(file, yaml);
        return file;
    }

    private Task<int> RunAsync(params string[] arguments) => FlatnetdCommand.RunAsync(arguments, _output, _error);
}
