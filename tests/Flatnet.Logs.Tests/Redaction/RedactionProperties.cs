using System.Text;
using Flatnet.Logs.Redaction;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Logs.Tests.Redaction;

/// <summary>Whatever the lines are: no secret in them, none too long, and a second redactor changes nothing.</summary>
public sealed class RedactionProperties
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(1000);

    private static readonly Gen<string> Around = Gen.Elements(
        "", " ", "x ", "{\"msg\":\"", "\"", "'", "level=info ", "日本語 ", "😀", "\ud800", "\t", "token ", "secret: ", "a=b&", "[REDACTED]", "[REDACTED", "eyJ", "://", "bearer ",
        "-----BEGIN ", "\\", "\\\"", "{", "[", ",", ";", "Password", "=", ":", "<", ">", "--", "AKIA", "authorization: ");

    private static readonly Gen<string> Text = Around.ArrayOf().Select(string.Concat);

    // It begins and ends with a letter, so that no sign at its ends is taken for the text's.
    private static readonly Gen<string> Word =
        from first in Letters(4)
        from middle in Gen.Elements("", "-", "_", "!", "@", "#", "$", "%", "^", "*", "+", "/", "~", "ü", "9", "().,;").ArrayOf(3).Select(string.Concat)
        from last in Letters(4)
        select "Q" + first + middle + last + "Z";

    private static readonly Gen<string> Name = Gen.Elements(
        "password", "PASSWORD", "db_password", "userPasswd", "client_secret", "SECRET", "accessToken", "auth-token", "api_key", "apiKey", "X-Api-Key", "api key",
        "aws_secret_access_key", "passphrase", "PGPASSWORD", "Pwd");

    /// <summary>A secret and a line that it is in.</summary>
    private static readonly Gen<(string Secret, string Line)> Seeded = Gen.OneOf(
        from name in Name
        from separator in Gen.Elements("=", ": ", " = ", ":", " => ", ":=", "==", "\t=\t")
        from secret in Word
        select (secret, name + separator + secret),
        from name in Name
        from quote in Gen.Elements("\"", "'", "`", "\\\"")
        from separator in Gen.Elements("=", ": ", " = ", ":")
        from words in Word.Two()
        select (words.Item2, name + separator + quote + words.Item1 + " " + words.Item2 + quote),
        from name in Name
        from words in Word.Two()
        select (words.Item2, $"{{\"{name}\": \"{words.Item1} \\\" {words.Item2}\", \"x\": 1}}"),
        from words in Word.Two()
        select (words.Item2, $"{{\"secrets\": [\"{words.Item1}\", {{\"a\": \"{words.Item2}\"}}]}}"),
        from secret in Token(8)
        from scheme in Gen.Elements("Bearer ", "bearer  ", "Authorization: Bearer ", "Basic ", "authorization: Custom ", "Authorization=")
        select (secret, scheme + secret),
        from parts in Token(12).Three()
        select (parts.Item3, $"eyJ{parts.Item1}.{parts.Item2}.{parts.Item3}"),
        from secret in Token(10)
        from scheme in Gen.Elements("https", "postgres", "amqp", "mongodb+srv")
        select (secret, $"{scheme}://user:{secret}@host:1/x"),
        from secret in Token(10)
        select (secret, $"https://{secret}@host/x"),
        from secret in Gen.Elements("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".ToCharArray()).ArrayOf(16)
        select ("AKIA" + new string(secret), "AKIA" + new string(secret)),
        from secret in Token(20)
        from kind in Gen.Elements("", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED ")
        select (secret, $"-----BEGIN {kind}PRIVATE KEY-----\\n{secret}\\n-----END {kind}PRIVATE KEY-----"),
        from secret in Token(20)
        select (secret, $"<password>{secret}</password>"),
        from secret in Word
        select (secret, $"run --db-password {secret} now"));

    [Fact]
    public void A_seeded_secret_never_leaks() => Check.One(Often, Prop.ForAll(
        (from before in Before from seeded in Seeded from after in Gen.Elements("", " done", " x=y", "\n next") select (before, seeded, after)).ToArbitrary(),
        test => !Redact.Line(test.before + test.seeded.Line + test.after)!.Contains(test.seeded.Secret, StringComparison.Ordinal)));

    [Fact]
    public void A_key_over_lines_never_leaks() => Check.One(Often.WithMaxTest(300), Prop.ForAll(
        (from lines in Token(40).NonEmptyListOf() from prefix in Gen.Elements("", "app | ", "2026-01-31T14:05:00Z INFO ") select (lines, prefix)).ToArbitrary(),
        test =>
        {
            string[] all = ["-----BEGIN RSA PRIVATE KEY-----", .. test.lines, "-----END RSA PRIVATE KEY-----", "after"];
            List<string?> masked = Redact.Lines(all.Select(line => test.prefix + line));
            return masked[^1] == test.prefix + "after" && !test.lines.Any(line => masked.Any(shown => shown!.Contains(line, StringComparison.Ordinal)));
        }));

    [Fact]
    public void No_message_is_longer_than_the_bound() => Check.One(Often, Prop.ForAll(
        Lines.ToArbitrary(), Filters.ToArbitrary(),
        (lines, filter) => Redact.Lines(lines, filter).All(line => line is null || Encoding.UTF8.GetByteCount(line) <= filter.MaxMessageLength)));

    [Fact]
    public void A_second_redactor_changes_nothing() => Check.One(Often, Prop.ForAll(
        Lines.ToArbitrary(), Filters.ToArbitrary(),
        (lines, filter) =>
        {
            List<string> once = [.. Redact.Lines(lines, filter).OfType<string>()];
            return once.SequenceEqual(Redact.Lines(once, filter));
        }));

    [Fact]
    public void A_second_redactor_does_not_change_metadata() => Check.One(Often.WithMaxTest(500), Prop.ForAll(
        Text.ToArbitrary(), Filters.ToArbitrary(),
        (text, filter) =>
        {
            string metadata = System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string> { ["a"] = text, ["token"] = text });
            LogEntry? once = Entry(metadata, filter);
            return once is null || Entry(once.Metadata, filter)?.Metadata == once.Metadata;
        }));

    [Fact]
    public void A_line_that_is_left_alone_is_the_line_that_redaction_leaves() => Check.One(Often, Prop.ForAll(
        (from lines in Lines from partial in Gen.Elements(false, false, true).ArrayOf(3) select (lines, partial)).ToArbitrary(), Filters.ToArbitrary(),
        (test, filter) =>
        {
            LogEntry[] entries = [.. test.lines.Select((line, i) => Redact.Entry(line) with { IsPartial = test.partial[i % 3] })];
            var always = new LineRedactor(filter);
            var quick = new LineRedactor(filter);
            return entries.All(entry => always.Redact(entry)?.Message
                == (quick.LeavesAlone(entry.Source, Encoding.UTF8.GetBytes(entry.Message)) ? entry.Message : quick.Redact(entry)?.Message));
        }));

    [Fact]
    public void Most_lines_are_left_alone()
    {
        var redactor = new LineRedactor(Redact.Default);
        Assert.True(redactor.LeavesAlone(LogSource.Stdout, "10.87.1.7 GET /api/items 200 12 ms"u8));
        Assert.True(redactor.LeavesAlone(LogSource.Stdout, "日本語"u8));
        Assert.False(redactor.LeavesAlone(LogSource.Stdout, "password=x"u8));
        Assert.False(redactor.LeavesAlone(LogSource.Stdout, [(byte)'x', 0xff]));
    }

    private static readonly Gen<string> Before = Gen.Elements("", "x ", "time=1 level=info ", "日本語 ", "user=bob ", "{\"a\": 1} ", "http://host/x ", "(", "\ud800 ");

    private static readonly Gen<List<string>> Lines = Gen.OneOf(
        Text, Seeded.Select(seeded => seeded.Line), ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""),
        Gen.Elements("-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----", new string('x', 50) + " token=abc"))
        .ArrayOf().Select(lines => lines.ToList());

    // Compiled once: patterns that match marks, parts of marks, everything, and what only masking makes.
    private static readonly Gen<LogFilter> Filters = Gen.Elements(
        Filter(8192), Filter(23), Filter(16), Filter(17, "[a-z]+"), Filter(8192, "."), Filter(40, "x.*y", "redacted"), Filter(8192, @"\["), Filter(8192, "x.{10}y|e", ""),
        Filter(23, @"\w+\W", ".*token.*"),
        new LogFilter(new LogFilterOptions { Mode = RedactionMode.Drop, MaxMessageLength = 40 }),
        new LogFilter(new LogFilterOptions { Mode = RedactionMode.Drop, ExcludePatterns = ["redacted", "a="] }));

    private static LogFilter Filter(int most, params string[] patterns) =>
        new(new LogFilterOptions { MaxMessageLength = most, ExcludePatterns = [.. patterns], Budget = TimeSpan.FromSeconds(30) });

    private static LogEntry? Entry(string? metadata, LogFilter filter) =>
        new LineRedactor(filter).Redact(Redact.Entry("") with { Metadata = metadata });

    private static Gen<string> Letters(int count) => Gen.Elements("abcdefghijklmnopqrstuvwxyzABCDEFGH0123456789".ToCharArray()).ArrayOf(count).Select(letters => new string(letters));

    // With a digit: a word of letters alone may be one of a sentence.
    private static Gen<string> Token(int length) => Letters(length).Select(letters => "Q" + letters + "7");
}
