using Flatnet.Logs.Times;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Logs.Tests.Times;

public class DurationTextTests
{
    [Theory]
    [InlineData("500ms", "00:00:00.5000000")]
    [InlineData("90s", "00:01:30")]
    [InlineData("1h30m", "01:30:00")]
    [InlineData("2d", "2.00:00:00")]
    [InlineData("1w", "7.00:00:00")]
    [InlineData("1w2d3h4m5s6ms", "9.03:04:05.0060000")]
    [InlineData("1.5h", "01:30:00")]
    [InlineData("0s", "00:00:00")]
    [InlineData("1m1ms", "00:01:00.0010000")]
    public void Every_unit_is_understood(string text, string expected) => Assert.Equal(expected, DurationText.Parse(text).ToString("c"));

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("-5s")]
    [InlineData("5 s")]
    [InlineData("5S")]
    [InlineData("5.s")]
    [InlineData("5s\n")]
    [InlineData("1h30")]
    [InlineData("999999999999w")]
    [InlineData("9999999999999s")]
    public void Anything_else_is_refused(string text)
    {
        FormatException error = Assert.Throws<FormatException>(() => DurationText.Parse(text));
        Assert.Equal($"'{text}' is not a duration such as 1h30m, 90s, 2d, 1w or 500ms.", error.Message);
    }

    [Fact]
    public void The_parts_add_up()
    {
        Gen<int[]> parts = Gen.Choose(0, 100_000).ArrayOf(6);
        Prop.ForAll(parts.ToArbitrary(), p =>
        {
            TimeSpan sum = (TimeSpan.FromDays(7) * p[0]) + TimeSpan.FromDays(p[1]) + TimeSpan.FromHours(p[2]) + TimeSpan.FromMinutes(p[3])
                + TimeSpan.FromSeconds(p[4]) + TimeSpan.FromMilliseconds(p[5]);
            return DurationText.Parse($"{p[0]}w{p[1]}d{p[2]}h{p[3]}m{p[4]}s{p[5]}ms") == sum;
        }).QuickCheckThrowOnFailure();
    }
}
