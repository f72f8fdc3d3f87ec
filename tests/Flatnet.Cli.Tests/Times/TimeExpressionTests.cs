using System.Globalization;
using Flatnet.Cli.Times;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Cli.Tests.Times;

public class TimeExpressionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 14, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("now", "2026-03-10T14:30:00.0000000+00:00")]
    [InlineData("90s", "2026-03-10T14:28:30.0000000+00:00")]
    [InlineData("1h30m", "2026-03-10T13:00:00.0000000+00:00")]
    [InlineData("2d", "2026-03-08T14:30:00.0000000+00:00")]
    [InlineData("1w", "2026-03-03T14:30:00.0000000+00:00")]
    [InlineData("500ms", "2026-03-10T14:29:59.5000000+00:00")]
    [InlineData("2026-01-31T14:05:06Z", "2026-01-31T14:05:06.0000000+00:00")]
    [InlineData("2026-01-31t14:05:06.123456789z", "2026-01-31T14:05:06.1234567+00:00")]
    [InlineData("2026-01-31T14:05:06+02:00", "2026-01-31T12:05:06.0000000+00:00")]
    [InlineData("2026-01-31T14:05:06.5-00:30", "2026-01-31T14:35:06.5000000+00:00")]
    [InlineData("2026-01-31 14:05:06Z", "2026-01-31T14:05:06.0000000+00:00")]
    [InlineData("2026-12-31T23:59:60Z", "2027-01-01T00:00:00.0000000+00:00")]
    [InlineData("1770000000", "2026-02-02T02:40:00.0000000+00:00")]
    [InlineData("1770000000.25", "2026-02-02T02:40:00.2500000+00:00")]
    [InlineData("0", "1970-01-01T00:00:00.0000000+00:00")]
    public void Every_form_is_understood(string text, string expected) => Assert.Equal(expected, InUtc(text, "UTC"));

    [Theory]
    [InlineData("2026-01-31T14:05:06", "2026-01-31T05:05:06.0000000+00:00")]
    [InlineData("2026-01-31T14:05", "2026-01-31T05:05:00.0000000+00:00")]
    [InlineData("2026-01-31", "2026-01-30T15:00:00.0000000+00:00")]
    [InlineData("23:45", "2026-03-10T14:45:00.0000000+00:00")]
    [InlineData("00:00:01.5", "2026-03-09T15:00:01.5000000+00:00")]
    public void Without_a_zone_the_time_is_local(string text, string expected) => Assert.Equal(expected, InUtc(text, "Asia/Tokyo"));

    [Theory]
    // Summer time begins on 29 March at 02:00 and ends on 25 October at 03:00.
    [InlineData("2026-03-29T02:30", "2026-03-29T01:30:00.0000000+00:00")]
    [InlineData("2026-10-25T02:30", "2026-10-25T00:30:00.0000000+00:00")]
    [InlineData("2026-10-25T03:30", "2026-10-25T02:30:00.0000000+00:00")]
    public void An_hour_that_is_left_out_or_comes_twice_has_a_meaning(string text, string expected) =>
        Assert.Equal(expected, InUtc(text, "Europe/Berlin"));

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("1x")]
    [InlineData("h")]
    [InlineData("1h ")]
    [InlineData("-1h")]
    [InlineData("1時")]
    [InlineData("１h")]
    [InlineData("2026-13-01")]
    [InlineData("2026-02-30")]
    [InlineData("2026-01-01T24:00")]
    [InlineData("2026-01-01T12:60")]
    [InlineData("2026-01-01T12:00+99:00")]
    [InlineData("25:00")]
    [InlineData("1:00")]
    [InlineData("999999999999")]
    [InlineData("999999999999w")]
    [InlineData("9999999999999s")]
    [InlineData("999999w")]
    [InlineData("NOW")]
    public void Anything_else_is_refused_with_the_forms(string text)
    {
        FormatException error = Assert.Throws<FormatException>(() => TimeExpression.Parse(text, new FixedTime(Now)));
        Assert.StartsWith($"'{text}' is not a time", error.Message, StringComparison.Ordinal);
        Assert.Contains("1h30m", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_written_in_any_zone_is_read_back()
    {
        Gen<DateTimeOffset> times =
            from ticks in Gen.Choose(0, int.MaxValue).Two()
            from minutes in Gen.Choose(-14 * 60, 14 * 60)
            let instant = new DateTime(1970, 1, 3).AddSeconds(ticks.Item1).AddTicks(ticks.Item2 % TimeSpan.TicksPerSecond)
            select new DateTimeOffset(instant, TimeSpan.FromMinutes(minutes));
        Prop.ForAll(times.ToArbitrary(), time =>
        {
            string text = time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture);
            return TimeExpression.Parse(text, new FixedTime(Now)) == time;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Text_of_any_kind_is_understood_or_refused() =>
        Prop.ForAll<string>(text =>
        {
            try
            {
                return TimeExpression.Parse(text ?? "", new FixedTime(Now)) <= DateTimeOffset.MaxValue;
            }
            catch (FormatException error)
            {
                return error.Message.Contains("Write", StringComparison.Ordinal);
            }
        }).QuickCheckThrowOnFailure();

    private static string InUtc(string text, string zone) =>
        TimeExpression.Parse(text, new FixedTime(Now, zone)).ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
}
