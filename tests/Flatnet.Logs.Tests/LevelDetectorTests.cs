using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Logs.Tests;

public class LevelDetectorTests
{
    private static readonly (LogLevel? Level, string Line)[] Corpus = ReadCorpus();

    [Fact]
    public void The_corpus_is_large_enough() => Assert.True(Corpus.Length >= 320, $"{Corpus.Length} lines");

    [Fact]
    public void Ninety_eight_of_a_hundred_real_lines_are_right()
    {
        string[] wrong = [.. Corpus.Where(c => LevelDetector.Detect(c.Line) != c.Level).Select(c => $"{c.Level}, not {LevelDetector.Detect(c.Line)}: {c.Line}")];
        Assert.True(wrong.Length <= Corpus.Length * 2 / 100, string.Join('\n', wrong));
    }

    [Fact]
    public void Nothing_harmless_becomes_an_error() =>
        Assert.DoesNotContain(Corpus, c => (c.Level is null or LogLevel.Info) && LevelDetector.Detect(c.Line) >= LogLevel.Error);

    [Theory]
    [InlineData("level=info ERROR [WARN]", LogLevel.Info)]
    [InlineData("ERROR: [INFO] x", LogLevel.Error)]
    [InlineData("x [WARN] app:ERROR y", LogLevel.Warn)]
    [InlineData("x app:ERROR \"INFO\" y", LogLevel.Error)]
    [InlineData("x \"WARN\" ERROR y", LogLevel.Warn)]
    public void The_first_kind_of_evidence_decides(string line, LogLevel level) => Assert.Equal(level, LevelDetector.Detect(line));

    [Theory]
    [InlineData("level=info lvl=error")]
    [InlineData("x [INFO] [ERROR]")]
    [InlineData("a:INFO b:ERROR c")]
    [InlineData("\"INFO\" \"ERROR\"")]
    [InlineData("x INFO ERROR")]
    public void Two_levels_of_the_same_kind_decide_nothing(string line) => Assert.Null(LevelDetector.Detect(line));

    [Fact]
    public void Any_bytes_are_taken() =>
        Prop.ForAll<byte[]>(bytes => LevelDetector.Detect(bytes) is null or (>= LogLevel.Trace and <= LogLevel.Fatal)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_line_without_hints_has_no_level()
    {
        // What levels are made of and stand between, in any order; and the corpus, also cut anywhere.
        Gen<string> piece = Gen.Elements(
            "INFO", "ERROR", "ERR", "warn", "Fatal", "E", "W", "notice", "fatal error", "E0102 03:04:05.000006", "E, [2026-", "<3>", "<info> ", "level", "lvl=", "severity", "@l=", "log.level=",
            "main.c:3:5: ", "gcc: ", "npm ", "PHP ", "2026-01-02T03:04:05Z", "12:00", "Jan 2 03:04:05", "Mon, ", "1700000000", "app", "proxy", "語",
            " ", "  ", "\t", "[", "]", "(", ")", "{", "}", "\"", ":", "=", "/", ".", ",", "-", "|", "<", ">", "!", "\u001b[31m", "\u001b[0m", "{\"t\":{\"$date\":\"\"},\"s\":\"I\"", "{\"level\":30,");
        Gen<string> made = piece.ArrayOf().Select(string.Concat);
        Gen<string> real = from line in Gen.Elements(Corpus.Select(c => c.Line).ToArray()) from start in Gen.Choose(0, line.Length) select line[start..];
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(20_000),
            Prop.ForAll(Gen.OneOf(made, real).Select(Encoding.UTF8.GetBytes).ToArbitrary(), line => LevelDetector.Detect(line) == LevelDetector.Look(line)));
    }

    [Fact]
    public void Text_behind_a_level_at_the_start_does_not_matter() =>
        Prop.ForAll<string>(text => LevelDetector.Detect("INFO: " + text) == LogLevel.Info).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("warn", LogLevel.Warn)]
    [InlineData("WARNING", LogLevel.Warn)]
    [InlineData("Information", LogLevel.Info)]
    [InlineData("severe", LogLevel.Fatal)]
    [InlineData("err", LogLevel.Error)]
    public void Other_names_of_the_levels_are_known(string name, LogLevel level)
    {
        Assert.True(LogLevelNames.TryParse(name, out LogLevel found));
        Assert.Equal(level, found);
    }

    [Fact]
    public void A_stack_trace_has_the_level_of_its_line()
    {
        var tracker = new LevelTracker();
        Assert.Equal(LogLevel.Error, tracker.Next("ERROR boom"u8, 1_000_000_000));
        Assert.Equal(LogLevel.Error, tracker.Next("\tat org.acme.Main"u8, 1_010_000_000));
        Assert.Equal(LogLevel.Error, tracker.Next("Caused by: y"u8, 1_050_000_000));
        Assert.Null(tracker.Next("listening"u8, 1_051_000_000));
        Assert.Null(tracker.Next("\tat org.acme.Main"u8, 1_052_000_000));
    }

    [Fact]
    public void An_indented_line_of_later_has_no_level()
    {
        var tracker = new LevelTracker();
        tracker.Next("ERROR boom"u8, 1_000_000_000);
        Assert.Null(tracker.Next("  indented"u8, 1_050_000_001));
    }

    private static (LogLevel?, string)[] ReadCorpus()
    {
        using var reader = new StreamReader(typeof(LevelDetectorTests).Assembly.GetManifestResourceStream("corpus.tsv")!, Encoding.UTF8);
        return [.. reader.ReadToEnd().TrimEnd('\n').Split('\n').Select(line => line.Split('\t', 2)).Select(parts =>
            ((LogLevel?)(LogLevelNames.TryParse(parts[0], out LogLevel level) ? level : null), parts[1].Replace("\\e", "\u001b", StringComparison.Ordinal)))];
    }
}
