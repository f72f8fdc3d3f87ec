using System.Text;
using Flatnet.Podman.Logs;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Podman.Tests.Logs;

public sealed class Rfc3339Tests
{
    [Fact]
    public void What_is_formatted_is_read_back()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<long>(), ArbMap.Default.ArbFor<int>(), (seconds, nanoseconds) =>
        {
            long time = (seconds % 8_000_000_000 * Rfc3339.Second) + nanoseconds;
            byte[] text = Encoding.ASCII.GetBytes(Rfc3339.Format(time));
            return Rfc3339.TryParse(text, out long read, out int length) && read == time && length == text.Length;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("2026-11-21T12:00:00Z", 0)]
    [InlineData("2026-11-21T12:00:00.5Z", 500_000_000)]
    [InlineData("2026-11-21T21:00:00.000000001+09:00 rest", 1)]
    [InlineData("2026-11-21T08:30:00-03:30", 0)]
    [InlineData("2026-11-21T11:59:60Z", 0)]
    public void Stamps_of_any_zone_are_read(string text, long beyondNoon)
    {
        Assert.True(Rfc3339.TryParse(Encoding.ASCII.GetBytes(text), out long time, out _));
        Assert.Equal(LogLines.Noon + beyondNoon, time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-11-21T12:00:00")]
    [InlineData("2026-11-21T12:00:00.Z")]
    [InlineData("2026-11-21T12:00:00.1234567890Z")]
    [InlineData("2026-11-21T12:00:00+9:00")]
    [InlineData("2026-02-30T12:00:00Z")]
    [InlineData("2026-11-21T24:00:00Z")]
    [InlineData("1600-11-21T12:00:00Z")]
    [InlineData("9999-11-21T12:00:00Z")]
    [InlineData("2026-1a-21T12:00:00Z")]
    [InlineData("2026-11-21 12:00:00Z")]
    public void What_is_no_stamp_is_not_read(string text)
    {
        Assert.False(Rfc3339.TryParse(Encoding.ASCII.GetBytes(text), out _, out _));
    }
}
