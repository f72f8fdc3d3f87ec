namespace Flatnet.Podman.Tests.Engine;

public sealed class ContainerStatusTests
{
    private const double Minute = 60;
    private const double Hour = 60 * Minute;
    private const double Day = 24 * Hour;

    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-5, "Less than a second")]
    [InlineData(0, "Less than a second")]
    [InlineData(0.999, "Less than a second")]
    [InlineData(1, "1 second")]
    [InlineData(1.999, "1 second")]
    [InlineData(2, "2 seconds")]
    [InlineData(59.999, "59 seconds")]
    [InlineData(Minute, "About a minute")]
    [InlineData((2 * Minute) - 0.001, "About a minute")]
    [InlineData(2 * Minute, "2 minutes")]
    [InlineData(Hour - 0.001, "59 minutes")]
    [InlineData(Hour, "About an hour")]
    [InlineData((1.5 * Hour) - 1, "About an hour")]
    [InlineData(1.5 * Hour, "2 hours")]
    [InlineData((47.5 * Hour) - 1, "47 hours")]
    [InlineData(47.5 * Hour, "2 days")]
    [InlineData((13.5 * Day) + (11 * Hour), "13 days")]
    [InlineData((14 * Day) - (0.5 * Hour) - 1, "13 days")]
    [InlineData(14 * Day, "2 weeks")]
    [InlineData((60 * Day) - (0.5 * Hour) - 1, "8 weeks")]
    [InlineData(60 * Day, "2 months")]
    [InlineData((730 * Day) - (0.5 * Hour) - 1, "24 months")]
    [InlineData(730 * Day, "2 years")]
    [InlineData(1094 * Day, "2 years")]
    [InlineData(1095 * Day, "3 years")]
    public void Durations_are_rounded_as_Podman_does(double seconds, string expected)
    {
        Assert.Equal(expected, ContainerStatus.Humanize(TimeSpan.FromSeconds(seconds)));
    }

    [Theory]
    [InlineData("running", null, "Up 3 minutes")]
    [InlineData("running", "healthy", "Up 3 minutes (healthy)")]
    [InlineData("paused", null, "Up 3 minutes (Paused)")]
    [InlineData("paused", "unhealthy", "Up 3 minutes (Paused) (unhealthy)")]
    [InlineData("exited", null, "Exited (137) 7 seconds ago")]
    [InlineData("stopped", null, "Exited (137) 7 seconds ago")]
    [InlineData("created", null, "Created")]
    [InlineData("created", "starting", "Created (starting)")]
    [InlineData("initialized", null, "Initialized")]
    [InlineData("removing", null, "Removing")]
    [InlineData("stopping", null, "Stopping")]
    [InlineData("unknown", null, "Unknown")]
    [InlineData("", null, "Unknown")]
    public void The_state_decides_the_text(string state, string? health, string expected)
    {
        Container container = new()
        {
            Id = "1",
            State = state,
            Health = health,
            StartedAt = Now.AddMinutes(-3),
            ExitedAt = Now.AddSeconds(-7),
            ExitCode = 137,
        };

        Assert.Equal(expected, ContainerStatus.Text(container, Now));
    }

    [Fact]
    public void What_is_not_known_is_left_out()
    {
        Assert.Equal("Up", ContainerStatus.Text(new Container { Id = "1", State = "running" }, Now));
        Assert.Equal("Exited", ContainerStatus.Text(new Container { Id = "1", State = "exited" }, Now));
        Assert.Equal("Exited (0)", ContainerStatus.Text(new Container { Id = "1", State = "exited", ExitCode = 0 }, Now));
    }
}
