using System.Text;
using System.Text.Json;
using Flatnet.Agent.Capture;
using Flatnet.Logs;
using Flatnet.Logs.Wire;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Agent.Tests.Capture;

/// <summary>What is written by hand is what the server reads.</summary>
public sealed class LineJsonTests
{
    // Any character, and often one that JSON writes in another way.
    private static readonly Gen<char> Characters = Gen.OneOf(
        Gen.Choose(0, 0xD7FF).Select(static unit => (char)unit), Gen.Choose(0, 0x7F).Select(static unit => (char)unit), Gen.Elements('"', '\\', '\t', '\n', '\0'));

    private static ReadOnlySpan<byte> Time => "2026-01-01T00:00:00.123456789Z"u8;

    [Fact]
    public void Every_text_is_read_as_it_was() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(200),
        Prop.ForAll(Characters.ArrayOf().Select(static units => new string(units)).ToArbitrary(), static text =>
        {
            LogEntry entry = RoundTrip(text, new LineDetails { Sequence = 7, Level = LogLevel.Warn, Time = Time, OriginalLength = 9000, IsInvalidText = true }, isPartial: true, replaces: 6);
            Assert.Equal(
                new LogEntry
                {
                    Timestamp = 1_767_225_600_123_456_789,
                    Source = LogSource.Stderr,
                    Level = LogLevel.Warn,
                    Message = text,
                    LineNumber = 3,
                    Metadata = """{"encoding":"invalid"}""",
                    StreamId = "stream",
                    Sequence = 7,
                    IsPartial = true,
                    Replaces = 6,
                    OriginalLength = 9000,
                },
                entry);
        }));

    [Fact]
    public void Control_characters_fit_into_the_room()
    {
        string text = new('\u0001', 5000);
        Assert.Equal(text, RoundTrip(text, new LineDetails { Sequence = 1, Level = LogLevel.Info, Time = Time }, isPartial: false, replaces: 0).Message);
    }

    private static LogEntry RoundTrip(string text, LineDetails details, bool isPartial, long replaces)
    {
        byte[] message = Encoding.UTF8.GetBytes(text);
        byte[] json = new byte[LineJson.MaxLength(message.Length)];
        var line = new RawLine
        {
            Source = LogSource.Stderr,
            Text = message,
            Number = 3,
            Timestamp = 1_767_225_600_123_456_789,
            IsPartial = isPartial,
            Replaces = replaces,
        };
        var reader = new Utf8JsonReader(json.AsSpan(0, LineJson.Write(json, line, message, details)));
        reader.Read();
        return LogEntryJson.Read(ref reader, received: 0, streamId: "stream");
    }
}
