using System.Text;
using Flatnet.Logs.Times;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Logs.Tests.Times;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0)]
    [InlineData("1970-01-01T00:00:00.000000001Z", 1)]
    [InlineData("1969-12-31T23:59:59.999999999Z", -1)]
    [InlineData("1970-01-01t00:00:01z", 1_000_000_000)]
    [InlineData("1970-01-01 00:00:01.5Z", 1_500_000_000)]
    [InlineData("1970-01-01T01:00:00+01:00", 0)]
    [InlineData("1969-12-31T18:30:00-05:30", 0)]
    [InlineData("1970-01-01T00:00:00.0000000019Z", 1)]
    [InlineData("2000-02-29T00:00:00Z", 951_782_400_000_000_000)]
    [InlineData("2016-12-31T23:59:60Z", 1_483_228_800_000_000_000)]
    [InlineData("2262-04-11T23:47:16.854775807Z", long.MaxValue)]
    [InlineData("1677-09-21T00:12:43.145224192Z", long.MinValue)]
    public void A_time_with_a_zone_is_understood(string text, long nanoseconds)
    {
        Assert.True(Rfc3339.TryParse(text, out long found));
        Assert.Equal(nanoseconds, found);
        Assert.True(Rfc3339.TryParse(Encoding.UTF8.GetBytes(text), out found));
        Assert.Equal(nanoseconds, found);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Z")]
    [InlineData("1970-01-01")]
    [InlineData("1970-01-01T00:00:00")]
    [InlineData("1970-01-01T00:00Z")]
    [InlineData("1970-01-01T00:00:00.Z")]
    [InlineData("1970-01-01T00:00:00.5")]
    [InlineData("1970-01-01T00:00:00,5Z")]
    [InlineData("1970-01-01T00:00:00Z ")]
    [InlineData(" 1970-01-01T00:00:00Z")]
    [InlineData("1970-01-01T00:00:00+0100")]
    [InlineData("1970-01-01T00:00:00+24:00")]
    [InlineData("1970-01-01T00:00:00+01:60")]
    [InlineData("1970-01-01T24:00:00Z")]
    [InlineData("1970-01-01T00:60:00Z")]
    [InlineData("1970-01-01T00:00:61Z")]
    [InlineData("1970-02-29T00:00:00Z")]
    [InlineData("1900-02-29T00:00:00Z")]
    [InlineData("1970-13-01T00:00:00Z")]
    [InlineData("1970-00-01T00:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("2262-04-11T23:47:16.854775808Z")]
    [InlineData("1677-09-21T00:12:43.145224191Z")]
    [InlineData("1970-01-01T00:00:0１Z")]
    [InlineData("+970-01-01T00:00:00Z")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(Rfc3339.TryParse(text, out _));
        Assert.False(Rfc3339.TryParse(Encoding.UTF8.GetBytes(text), out _));
    }

    [Fact]
    public void A_time_is_written_with_nine_digits_in_UTC() => Assert.Equal("2026-01-31T14:05:00.000000042Z", Rfc3339.Format(1_769_868_300_000_000_042));

    [Fact]
    public void Every_time_reads_as_it_is_written() => Prop.ForAll(
        Times.ToArbitrary(),
        time => Rfc3339.TryParse(Rfc3339.Format(time), out long read) && read == time).QuickCheckThrowOnFailure();

    [Fact]
    public void The_calendar_is_that_of_dotnet() => Prop.ForAll(
        Times.Where(static time => time > long.MinValue + 100).ToArbitrary(),
        time => Rfc3339.Format(time)[..27] == Rfc3339.ToTime(time - (time < 0 ? 99 : 0)).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void A_mutated_time_is_another_or_none() => Prop.ForAll(
        Times.ToArbitrary(), Gen.Choose(0, Rfc3339.Length - 1).ToArbitrary(), Gen.Choose(0, 255).ToArbitrary(),
        (time, at, put) =>
        {
            byte[] text = Encoding.UTF8.GetBytes(Rfc3339.Format(time));
            bool isSame = text[at] == put || (at == 10 && put is 't' or ' ') || (at == Rfc3339.Length - 1 && put == 'z');
            text[at] = (byte)put;
            return !Rfc3339.TryParse(text, out long read) || (read == time) == isSame;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(9999, long.MaxValue)]
    [InlineData(1, long.MinValue)]
    public void What_64_bits_do_not_hold_is_clamped(int year, long nanoseconds) =>
        Assert.Equal(nanoseconds, Rfc3339.FromTime(new DateTimeOffset(year, 6, 1, 0, 0, 0, TimeSpan.Zero)));

    private static readonly Gen<long> Times = Gen.OneOf(
        ArbMap.Default.GeneratorFor<long>(),
        Gen.Choose(0, int.MaxValue).Two().Select(pair => ((long)pair.Item1 << 32) | (uint)pair.Item2),
        Gen.Choose(0, int.MaxValue).Two().Select(pair => -((long)pair.Item1 << 32) - pair.Item2),
        Gen.Elements(0, 1, -1, long.MaxValue, long.MinValue, 86_399_999_999_999, -86_400_000_000_000));
}
