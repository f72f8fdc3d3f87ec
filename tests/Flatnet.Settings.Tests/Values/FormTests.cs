using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Settings.Tests.Values;

public sealed class FormTests : IDisposable
{
    private readonly Sample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Theory]
    [InlineData("5MiB", 5L << 20)]
    [InlineData("1GiB", 1L << 30)]
    [InlineData("100MB", 100_000_000)]
    [InlineData("2kb", 2000)]
    [InlineData("4096", 4096)]
    [InlineData("4096B", 4096)]
    [InlineData("1.5 KiB", 1536)]
    public void Sizes_have_units_of_1000_and_1024(string text, long bytes)
    {
        _sample.Variables["T_BYTES"] = text;
        Assert.Equal(bytes, _sample.Load().Size("spool.maxBytes"));
    }

    [Theory]
    [InlineData("MiB")]
    [InlineData("-5MiB")]
    [InlineData("5 M")]
    [InlineData("9999999TiB")]
    [InlineData("1e9")]
    public void Anything_else_is_no_size(string text)
    {
        _sample.Variables["T_BYTES"] = text;
        Assert.Single(_sample.Mistakes());
    }

    [Theory]
    [InlineData("2", 2000)]
    [InlineData("1500ms", 1500)]
    [InlineData("1s500ms", 1500)]
    public void A_bare_number_is_seconds(string text, int milliseconds)
    {
        _sample.Variables["T_FLUSH"] = text;
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), _sample.Load().Duration("flushInterval"));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("1", true)]
    [InlineData("YES", true)]
    [InlineData("on", true)]
    [InlineData("False", false)]
    [InlineData("0", false)]
    [InlineData("no", false)]
    [InlineData("off", false)]
    public void A_flag_has_many_words(string text, bool isOn)
    {
        _sample.Variables["T_ENABLED"] = text;
        Assert.Equal(isOn, _sample.Load().Flag("enabled"));
        Assert.Equal(isOn, _sample.Load($"enabled: {text}\n").Flag("enabled"));
    }

    [Theory]
    [InlineData("a,b", new[] { "a", "b" })]
    [InlineData(" a , ,b,", new[] { "a", "b" })]
    [InlineData(@"a{1\,2},b", new[] { "a{1,2}", "b" })]
    public void A_list_in_a_variable_is_divided_by_commas(string text, string[] items)
    {
        _sample.Variables["T_EXCLUDE"] = text;
        Assert.Equal(items, _sample.Load().List("logs.filters.excludePatterns").AsEnumerable());
    }

    [Theory]
    [InlineData("a{1,2}", "a{1,2}")]
    [InlineData("[\"a{1,2}\", b]", "a{1,2}", "b")]
    public void A_list_in_a_file_may_be_one_text_and_keeps_commas(string yaml, params string[] items) =>
        Assert.Equal(items, _sample.Load($"logs:\n  filters:\n    excludePatterns: {yaml}\n").List("logs.filters.excludePatterns").AsEnumerable());

    [Fact]
    public void A_size_reads_as_it_is_written() => Prop.ForAll(
        Gen.Choose(0, 2000).SelectMany(count => Gen.Elements(1L, 1000, 1024, 1_000_000, 1 << 20, 1 << 30).Select(unit => count * unit)).ToArbitrary(),
        bytes => SizeText.TryParse(SizeText.Format(bytes), out long read) && read == bytes).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("x")]
    [InlineData("a.b.c", "a.b")]
    [InlineData("a.b", "a.b")]
    public void A_table_that_contradicts_itself_is_refused(string path, string other = "x")
    {
        SettingKey[] keys = [new(path, SettingKind.Text, null, ""), new(other, SettingKind.Text, null, "")];
        Assert.Throws<ArgumentException>(() => new SettingTable(keys));
    }

    [Fact]
    public void A_default_must_be_accepted()
    {
        SettingKey[] keys = [new("x", SettingKind.Whole, "many", "")];
        Assert.Equal("The default of 'x' is not a whole number. (Parameter 'keys')", Assert.Throws<ArgumentException>(() => new SettingTable(keys)).Message);
    }
}
