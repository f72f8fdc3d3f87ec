namespace Flatnet.Cli.Tests.Ps;

public sealed class OptionTests
{
    [Theory]
    [InlineData("--last", "2", "--latest")]
    [InlineData("--latest", "--watch")]
    [InlineData("-q", "-s")]
    [InlineData("-q", "--ns")]
    [InlineData("-s", "--ns")]
    [InlineData("--json", "--format", "{{.Name}}")]
    [InlineData("--json", "--format", "table")]
    [InlineData("--no-ip", "--remote")]
    [InlineData("--no-ip", "--sort", "ip")]
    [InlineData("--no-ip", "-f", "flatnet=true")]
    [InlineData("--last", "0")]
    [InlineData("--last", "-1")]
    [InlineData("--last", "many")]
    [InlineData("--sort", "nonsense")]
    [InlineData("--watch", "0")]
    [InlineData("--watch", "-3")]
    [InlineData("--watch", "soon")]
    [InlineData("--watch", "NaN")]
    [InlineData("--watch", "1e9")]
    [InlineData("web")]
    [InlineData("--no-such-option")]
    [InlineData("--filter")]
    public async Task What_makes_no_sense_ends_with_2_before_anything_is_asked(params string[] arguments)
    {
        using var line = new PsLine();

        Assert.Equal(2, await line.RunAsync(arguments));

        Assert.NotEqual("", line.Problem!.Message);
        Assert.Empty(line.Engine.Requests);
        Assert.Empty(line.Out);
    }

    [Theory]
    [InlineData("nginx", "-l")]
    [InlineData("nginx", "--last", "1")]
    [InlineData("postgres,nginx", "-n", "2")]
    [InlineData("forgejo,postgres,nginx", "-n", "5")]
    [InlineData("postgres", "-l", "-f", "state=exited")]
    public async Task Last_and_latest_are_the_newest_in_any_state(string names, params string[] arguments)
    {
        using var line = new PsLine();

        await line.RunAsync([.. arguments, "--format", "{{.Name}}"]);

        Assert.Equal(names.Split(','), line.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("created", "cbda")]
    [InlineData("id", "abcd")]
    [InlineData("names", "bdac")]
    [InlineData("image", "cdba")]
    [InlineData("command", "dcab")]
    [InlineData("runningfor", "badc")]
    [InlineData("status", "bcda")]
    [InlineData("size", "adcb")]
    [InlineData("ip", "cadb")]
    public async Task Sort_orders_by_every_key(string key, string order)
    {
        using var line = new PsLine();
        line.Engine.Containers =
        [
            Sample.Running("a", "s", "10.87.1.9") with { Image = "z", Command = ["y"], SizeWhole = 1, CreatedAt = Sample.Now, StartedAt = Sample.Now.AddHours(-2) },
            Sample.Exited("b", "p") with { Image = "y", Command = ["z"], SizeWhole = 9, CreatedAt = Sample.Now.AddHours(-3), StartedAt = Sample.Now.AddHours(-3) },
            Sample.Running("c", "t", "10.87.1.2") with { Image = "a", Command = ["x"], SizeWhole = 5, CreatedAt = Sample.Now.AddHours(-5), StartedAt = null },
            Sample.Running("d", "q", "10.87.1.10") with { Image = "x", Command = ["a"], SizeWhole = 2, CreatedAt = Sample.Now.AddHours(-1), StartedAt = Sample.Now.AddHours(-1) },
        ];

        await line.RunAsync("-a", "--sort", key, "--format", "{{.ID}}");

        Assert.Equal(order, string.Concat(line.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(id => id[0])));
    }
}
