using Flatnet.Cli.Configuration;
using Flatnet.Cli.Hosting;

namespace Flatnet.Cli.Tests.Hosting;

public sealed class PodmanAddressTests
{
    [Theory]
    [InlineData("unix:///option", "unix:///variable", "unix:///option")]
    [InlineData(null, "unix:///variable", null)]
    [InlineData(null, "", "unix:///file")]
    [InlineData(null, null, "unix:///file")]
    public void The_option_wins_over_the_variable_and_the_variable_over_the_file(string? option, string? variable, string? expected) =>
        Assert.Equal(expected, CommandHost.PodmanUrlOf(option, name => name == "CONTAINER_HOST" ? variable : null, new Settings { PodmanUrl = "unix:///file" }));
}
