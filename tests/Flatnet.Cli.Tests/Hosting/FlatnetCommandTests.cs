namespace Flatnet.Cli.Tests.Hosting;

public sealed class FlatnetCommandTests
{
    [Fact]
    public async Task Without_a_command_there_is_help()
    {
        using var line = new CommandLine();

        Assert.Equal(0, await line.RunAsync());

        Assert.Contains("Commands:", line.Out, StringComparison.Ordinal);
        Assert.Contains("Examples:", line.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("completion")]
    [InlineData("completion", "tcsh")]
    [InlineData("--color", "pink", "completion", "bash")]
    [InlineData("completion", "bash", "--no-such-option")]
    [InlineData("status", "--watch", "--interval", "0")]
    [InlineData("status", "--watch", "--interval", "2000000000")]
    public async Task A_command_line_that_makes_no_sense_ends_with_2_and_says_where_help_is(params string[] arguments)
    {
        using var line = new CommandLine();

        Assert.Equal(2, await line.RunAsync(arguments));

        Assert.StartsWith("Error: ", line.Error, StringComparison.Ordinal);
        Assert.Contains("--help'", line.Error, StringComparison.Ordinal);
        Assert.Empty(line.Out);
    }

    [Fact]
    public async Task A_broken_configuration_file_is_an_error_with_its_place()
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "[loki]\ntenant = office\n");
            using var line = new CommandLine();

            Assert.Equal(1, await line.RunAsync("completion", "bash", "--config", file));

            Assert.StartsWith($"Error: {file}, line 2, column 10: ", line.Error, StringComparison.Ordinal);
            Assert.Empty(line.Out);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task An_unknown_key_is_a_warning_and_the_command_runs()
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "[loki]\ntennant = \"office\"\n");
            using var line = new CommandLine();

            Assert.Equal(0, await line.RunAsync("completion", "bash", "--config", file));

            Assert.Equal($"Warning: {file}, line 2, column 11: loki.tennant is no setting; did you mean loki.tenant?\n", line.Error);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task An_error_says_what_a_terminal_would_obey_without_obeying()
    {
        using var line = new CommandLine();

        Assert.Equal(1, await line.RunAsync("ipam", "ls", "--config", "/nonexistent/\u001b[2J\u0007"));

        Assert.StartsWith("Error: the configuration file /nonexistent/[2J cannot be read", line.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', line.Error);
    }

    [Fact]
    public async Task Help_tells_the_exit_codes()
    {
        using var line = new CommandLine();

        Assert.Equal(0, await line.RunAsync("completion", "--help"));

        Assert.EndsWith("Exit codes:\n  0 done, 1 an error, 2 the command line makes no sense\n", line.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash", "complete -F _flatnet flatnet")]
    [InlineData("zsh", "compdef _flatnet flatnet")]
    [InlineData("fish", "complete --command flatnet")]
    public async Task Completion_prints_a_script_for_the_shell(string shell, string expected)
    {
        using var line = new CommandLine();

        Assert.Equal(0, await line.RunAsync("completion", shell));

        Assert.Contains(expected, line.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_shell_is_told_the_commands()
    {
        using var line = new CommandLine();

        Assert.Equal(0, await line.RunAsync("[suggest:10]", "flatnet com"));

        Assert.Contains("completion", line.Out.Split('\n'));
    }
}
