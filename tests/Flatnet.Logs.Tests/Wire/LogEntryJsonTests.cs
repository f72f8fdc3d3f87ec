using System.Buffers;
using System.Text;
using System.Text.Json;
using Flatnet.Logs.Wire;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Logs.Tests.Wire;

public sealed class LogEntryJsonTests
{
    private const string Rest = "\"source\":\"stdout\",\"message\":\"x\"}";

    [Fact]
    public void An_entry_reads_as_it_is_written() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Entries.ToArbitrary(), entry =>
        Read(Written(entry)) == entry with { Seq = 0, Message = WellFormed(entry.Message) }));

    [Fact]
    public void What_has_no_value_is_left_out() => Assert.Equal(
        """{"timestamp":"1970-01-01T00:00:00.000000001Z","source":"stderr","level":"WARN","message":"x"}""",
        Written(new LogEntry { Timestamp = 1, Source = LogSource.Stderr, Level = LogLevel.Warn, Message = "x" }));

    [Fact]
    public void What_is_not_said_has_a_meaning()
    {
        LogEntry entry = Read("{\"source\":\"agent\",\"message\":\"ERROR boom\",\"timestamp\":null,\"level\":null,\"metadata\":{},\"lineNumber\":null}", received: 77);
        Assert.Equal(new LogEntry { Timestamp = 77, Source = LogSource.Agent, Level = LogLevel.Error, Message = "ERROR boom" }, entry);
    }

    [Fact]
    public void Without_any_evidence_the_level_is_INFO() => Assert.Equal(LogLevel.Info, Read("{" + Rest).Level);

    [Fact]
    public void Unknown_members_are_passed_over() =>
        Assert.Equal("x", Read("{\"a\":{\"message\":\"no\",\"b\":[1,{}]},\"Message\":\"no\",\"taskId\":\"t\",\"c\":null," + Rest).Message);

    [Fact]
    public void A_line_may_have_the_stream_of_its_batch()
    {
        Assert.Equal("s", Read("{\"sequence\":3," + Rest, streamId: "s").StreamId);
        Assert.Equal("own", Read("{\"sequence\":3,\"streamId\":\"own\"," + Rest, streamId: "s").StreamId);
        Assert.Null(Read("{" + Rest, streamId: "s").StreamId);
    }

    [Theory]
    [InlineData("{\"message\":\"a\\u00e9\\n\\ud83d\\ude00\",\"source\":\"stdout\"}", "aé\n😀")]
    [InlineData("{\"m\\u0065ssage\":\"x\",\"source\":\"std\\u006fut\"}", "x")]
    [InlineData("{\"message\":\"\",\"source\":\"stdout\"}", "")]
    public void Escapes_are_understood_everywhere(string json, string message) => Assert.Equal(message, Read(json).Message);

    [Fact]
    public void A_time_may_have_escapes_and_an_offset() => Assert.Equal(0, Read("{\"timestamp\":\"1970-01-01T01:00:00\\u002b01:00\"," + Rest).Timestamp);

    [Theory]
    [InlineData("[]", "a log entry must be an object.")]
    [InlineData("{\"source\":\"stdout\"}", "'message' is missing: it is the line's text.")]
    [InlineData("{\"message\":null,\"source\":\"stdout\"}", "'message' is missing: it is the line's text.")]
    [InlineData("{\"message\":1,\"source\":\"stdout\"}", "'message' must be a string.")]
    [InlineData("{\"message\":{},\"source\":\"stdout\"}", "'message' must be a string.")]
    [InlineData("{\"message\":\"\\ud800\",\"source\":\"stdout\"}", "'message' contains half of a surrogate pair, which is no character.")]
    [InlineData("{\"message\":\"x\"}", "'source' is missing: write stdout, stderr or agent.")]
    [InlineData("{\"message\":\"x\",\"source\":\"STDOUT\"}", "'source' must be stdout, stderr or agent.")]
    [InlineData("{\"message\":\"x\",\"source\":1}", "'source' must be a string.")]
    [InlineData("{\"level\":\"loud\"," + Rest, "'level' must be TRACE, DEBUG, INFO, WARN, ERROR or FATAL.")]
    [InlineData("{\"level\":3," + Rest, "'level' must be a string.")]
    [InlineData("{\"timestamp\":\"yesterday\"," + Rest, "'timestamp' must be a time with a zone such as 2026-01-31T14:05:00.123456789Z.")]
    [InlineData("{\"timestamp\":\"2026-02-30T00:00:00Z\"," + Rest, "'timestamp' must be a time with a zone such as 2026-01-31T14:05:00.123456789Z.")]
    [InlineData("{\"timestamp\":5," + Rest, "'timestamp' must be a time with a zone such as 2026-01-31T14:05:00.123456789Z.")]
    [InlineData("{\"timestamp\":\"\\ud800\"," + Rest, "'timestamp' contains half of a surrogate pair, which is no character.")]
    [InlineData("{\"lineNumber\":-1," + Rest, "'lineNumber' must be a whole number of at least 0.")]
    [InlineData("{\"lineNumber\":1.5," + Rest, "'lineNumber' must be a whole number of at least 0.")]
    [InlineData("{\"sequence\":\"1\"," + Rest, "'sequence' must be a whole number of at least 0.")]
    [InlineData("{\"sequence\":99999999999999999999," + Rest, "'sequence' must be a whole number of at least 0.")]
    [InlineData("{\"replaces\":-1," + Rest, "'replaces' must be a whole number of at least 0.")]
    [InlineData("{\"originalLength\":true," + Rest, "'originalLength' must be a whole number of at least 0.")]
    [InlineData("{\"sequence\":1," + Rest, "'sequence' needs a 'streamId': together they are the line's identity.")]
    [InlineData("{\"streamId\":\"\"," + Rest, "'streamId' must have 1 to 128 characters.")]
    [InlineData("{\"metadata\":[]," + Rest, "'metadata' must be an object.")]
    [InlineData("{\"metadata\":\"x\"," + Rest, "'metadata' must be an object.")]
    public void What_is_wrong_is_named(string json, string message) => Assert.Equal(message, Assert.Throws<WireFormatException>(() => Read(json)).Message);

    [Theory]
    [InlineData("{")]
    [InlineData("{\"message\":\"x\"")]
    [InlineData("{\"message\":\"x\",}")]
    [InlineData("{\"metadata\":{\"a\":}}")]
    public void What_is_no_JSON_is_told_as_such(string json) => Assert.ThrowsAny<JsonException>(() => Read(json));

    private static readonly Gen<LogEntry> Entries =
        from message in ArbMap.Default.GeneratorFor<string>()
        from timestamp in ArbMap.Default.GeneratorFor<long>()
        from source in Gen.Elements(Enum.GetValues<LogSource>())
        from level in Gen.Elements(Enum.GetValues<LogLevel>())
        from lineNumber in Gen.Elements<long?>(null, 0, 1, long.MaxValue)
        from metadata in Gen.Elements(null, "{\"a\":[1,{\"b\":null}]}", "{\"\":\"é\\n\"}")
        from sequence in Gen.Elements(0L, 1, long.MaxValue)
        from partial in Gen.Elements(true, false)
        from replaces in Gen.Elements(0L, 7)
        from length in Gen.Elements(0, 9000)
        select new LogEntry
        {
            Seq = 5,
            Timestamp = timestamp,
            Source = source,
            Level = level,
            Message = message ?? "",
            LineNumber = lineNumber,
            Metadata = metadata,
            StreamId = sequence > 0 ? "stream" : null,
            Sequence = sequence,
            IsPartial = partial,
            Replaces = replaces,
            OriginalLength = length,
        };

    // JSON has no half of a surrogate pair.
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static string Written(LogEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        LogEntryJson.WriteMembers(writer, entry);
        writer.WriteEndObject();
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static LogEntry Read(string json, long received = 0, string? streamId = null)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        LogEntry entry = LogEntryJson.Read(ref reader, received, streamId);
        Assert.Equal(JsonTokenType.EndObject, reader.TokenType);
        Assert.Equal(0, reader.CurrentDepth);
        return entry;
    }
}
