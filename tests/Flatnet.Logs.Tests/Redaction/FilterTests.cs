using System.Text;
using Flatnet.Logs.Redaction;

namespace Flatnet.Logs.Tests.Redaction;

public sealed class FilterTests
{
    [Fact]
    public void A_line_without_anything_is_the_same_object()
    {
        LogEntry entry = Redact.Entry("listening on port 3000") with { Metadata = "{\"pid\":1}" };
        Assert.Same(entry, new LineRedactor(new LogFilter(new LogFilterOptions())).Redact(entry));
    }

    [Theory]
    [InlineData("card 4242-4242 of bob", "card [REDACTED] of bob")]
    [InlineData("4242-4242", "[REDACTED]")]
    [InlineData("4242-42424242-4242", "[REDACTED]")]
    public void A_pattern_masks_what_it_matches(string line, string masked) =>
        Assert.Equal(masked, Redact.Line(line, new LogFilterOptions { ExcludePatterns = ["[0-9]{4}-[0-9]{4}"] }));

    [Fact]
    public void Patterns_disregard_case() =>
        Assert.Equal("x [REDACTED] y", Redact.Line("x CUSTOMER y", new LogFilterOptions { ExcludePatterns = ["customer"] }));

    [Fact]
    public void Secrets_are_masked_without_patterns() =>
        Assert.Equal("token=[REDACTED]", Redact.Line("token=abc", new LogFilterOptions { ExcludePatterns = [] }));

    [Fact]
    public void In_mode_drop_a_line_that_matches_is_left_out() => Assert.Equal(
        [null, "Bearer [REDACTED]", "x"],
        Redact.Lines(["password rejected", "Bearer abc123", "x"], new LogFilterOptions { Mode = RedactionMode.Drop }));

    [Fact]
    public void A_line_that_is_left_out_counts_for_a_key_over_several_lines() => Assert.Equal(
        [null, "[REDACTED]"],
        Redact.Lines(["noise -----BEGIN PRIVATE KEY-----", "MII"], new LogFilterOptions { Mode = RedactionMode.Drop, ExcludePatterns = ["noise"] }));

    [Fact]
    public void Only_what_is_included_is_kept() => Assert.Equal(
        ["ERROR password=[REDACTED]", null],
        Redact.Lines(["ERROR password=x", "INFO y"], new LogFilterOptions { IncludePatterns = ["error", "fatal"] }));

    [Theory]
    [InlineData("aaaaaaaaaaaaaaaaaaaa", 16, "aaaaaaaaaaaaaaaa")]
    [InlineData("aaaaaaaaaaaaaaaé", 16, "aaaaaaaaaaaaaaa")]
    [InlineData("aaaaaaaaaaaaa😀", 16, "aaaaaaaaaaaaa")]
    [InlineData("ééééééééé", 16, "éééééééé")]
    public void A_long_message_is_cut_between_characters(string line, int most, string cut)
    {
        LogEntry entry = new LineRedactor(new LogFilter(new LogFilterOptions { MaxMessageLength = most })).Redact(Redact.Entry(line))!;
        Assert.Equal(cut, entry.Message);
        Assert.Equal(Encoding.UTF8.GetByteCount(line), entry.OriginalLength);
    }

    [Fact]
    public void A_mark_is_not_cut()
    {
        LogEntry entry = new LineRedactor(new LogFilter(new LogFilterOptions { MaxMessageLength = 16 })).Redact(Redact.Entry("12345 token=abc"))!;
        Assert.Equal("12345 token=", entry.Message);
        Assert.Equal(15, entry.OriginalLength);
    }

    [Fact]
    public void A_message_that_masking_makes_short_is_not_cut()
    {
        LogEntry entry = new LineRedactor(new LogFilter(new LogFilterOptions { MaxMessageLength = 20 })).Redact(Redact.Entry("token=" + new string('x', 50)))!;
        Assert.Equal("token=[REDACTED]", entry.Message);
        Assert.Equal(0, entry.OriginalLength);
    }

    [Fact]
    public void The_length_before_an_earlier_cut_is_kept() =>
        Assert.Equal(999, new LineRedactor(new LogFilter(new LogFilterOptions { MaxMessageLength = 16 }))
            .Redact(Redact.Entry(new string('x', 50)) with { OriginalLength = 999 })!.OriginalLength);

    [Fact]
    public void A_line_that_takes_too_long_is_masked_as_a_whole() =>
        Assert.Equal("[REDACTED]", Redact.Line("harmless", new LogFilterOptions { ExcludePatterns = ["x"], Budget = TimeSpan.FromTicks(1) }));

    [Theory]
    [InlineData("(", "the exclude pattern '(' is no regular expression")]
    [InlineData(@"(a)\1", @"the exclude pattern '(a)\1' is no regular expression that can be matched in linear time")]
    [InlineData("(?=a)", "the exclude pattern '(?=a)' is no regular expression that can be matched in linear time")]
    public void A_pattern_that_cannot_be_used_is_refused_with_its_reason(string pattern, string message) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => new LogFilter(new LogFilterOptions { ExcludePatterns = [pattern] })).Message, StringComparison.Ordinal);

    [Fact]
    public void A_bound_without_room_for_a_mark_is_refused() =>
        Assert.Throws<ArgumentException>(() => new LogFilter(new LogFilterOptions { MaxMessageLength = 15 }));

    [Theory]
    [InlineData("{\"pid\":1,\"scriptPath\":\"/a\"}", "{\"pid\":1,\"scriptPath\":\"/a\"}")]
    [InlineData("{\"env\":{\"dbPassword\":\"x\"},\"n\":1.50}", "{\"env\":{\"dbPassword\":\"[REDACTED]\"},\"n\":1.50}")]
    [InlineData("{\"\\u0070assword\":[1,{\"a\":2}],\"x\":null}", "{\"password\":\"[REDACTED]\",\"x\":null}")]
    [InlineData("{\"cmd\":[\"curl\",\"token=abc\"]}", "{\"cmd\":[\"curl\",\"token=[REDACTED]\"]}")]
    [InlineData("{\"password\":\"[REDACTED]\"}", "{\"password\":\"[REDACTED]\"}")]
    [InlineData("{\"token\":", null)]
    [InlineData("{\"a\\u0020\":\"\\ud800\"}", null)]
    public void Metadata_is_masked_as_well(string metadata, string? masked) =>
        Assert.Equal(masked, new LineRedactor(new LogFilter(new LogFilterOptions())).Redact(Redact.Entry("x") with { Metadata = metadata })!.Metadata);
}
