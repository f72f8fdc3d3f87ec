using System.Text;
using Flatnet.Podman.Logs;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Podman.Tests.Logs.Files;

/// <summary>A made-up log file: records of both channels, whole and in pieces, and lines nobody's monitor wrote.</summary>
internal sealed record LogContent(byte[] Bytes)
{
    private static readonly string[] Words = ["a", "needle", "need", "le", " P ", " stdout P x", "", "\r", "日本", "\0", "2026", "xyzzy xyzzy xyzzy"];

    private static readonly Gen<string> Text = Gen.Elements(Words).ListOf().Select(words => string.Concat(words.Take(6)));

    private static readonly Gen<(int Step, string Line)> Record =
        from step in Gen.Frequency((6, Gen.Choose(0, 3)), (1, Gen.Choose(3, 1000)))
        from channel in Gen.Elements("stdout", "stdout", "stdout", "stderr")
        from tag in Gen.Elements('F', 'F', 'F', 'P')
        from text in Text
        select (step, $" {channel} {tag} {text}");

    private static readonly Gen<(int Step, string Line)> Garbage =
        from text in Gen.OneOf(Text, Gen.Elements("2026-11-21T12:00", "2026-11-21T12:00:00Z stdout", "2026-11-21T12:00:00Z stdin F x", "\0\0\0"))
        select (-1, text);

    public static Arbitrary<LogContent> Any()
    {
        Gen<LogContent> contents =
            from count in Gen.Choose(0, 120)
            from lines in Gen.Frequency((12, Record), (1, Garbage)).ListOf(count)
            from cut in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(0, 60)))
            select From(lines, cut);
        return contents.ToArbitrary();
    }

    private static LogContent From(IEnumerable<(int Step, string Line)> lines, int cut)
    {
        StringBuilder text = new();
        long time = LogLines.Noon;
        foreach ((int step, string line) in lines)
        {
            time += Math.Max(step, 0);
            text.Append(step < 0 ? "" : LogLines.At(time)).Append(line).Append('\n');
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        return new LogContent(bytes[..Math.Max(0, bytes.Length - cut)]);
    }

    /// <summary>What a reader should find, found in the plainest way.</summary>
    public List<LogRecord> Parse(bool hasTerminal = false)
    {
        List<LogRecord> found = [];
        Dictionary<LogChannel, (long Time, List<byte> Text)> pieces = [];
        long time = 0;
        foreach (byte[] line in Split())
        {
            if (!K8sRecord.TryParse(line, out K8sRecord head))
            {
                found.Add(new LogRecord(time, LogChannel.Output, line));
                continue;
            }

            time = head.Timestamp;
            List<byte> text = pieces.TryGetValue(head.Channel, out (long, List<byte> Text) before) ? before.Text : [];
            text.AddRange(line[head.TextStart..]);
            pieces[head.Channel] = (time, text);
            if (!head.IsPartial)
            {
                pieces.Remove(head.Channel);
                found.Add(new LogRecord(time, head.Channel, Stripped(text, hasTerminal)));
            }
        }

        found.AddRange(pieces.OrderBy(piece => piece.Value.Time).ThenBy(piece => piece.Key)
            .Select(piece => new LogRecord(piece.Value.Time, piece.Key, piece.Value.Text.ToArray())));
        return found;
    }

    public override string ToString()
    {
        return Encoding.UTF8.GetString(Bytes);
    }

    private static byte[] Stripped(List<byte> text, bool hasTerminal)
    {
        return hasTerminal && text is [.., (byte)'\r'] ? [.. text[..^1]] : [.. text];
    }

    private IEnumerable<byte[]> Split()
    {
        int start = 0;
        for (int at = 0; at < Bytes.Length; at++)
        {
            if (Bytes[at] == '\n')
            {
                yield return Bytes[start..at];
                start = at + 1;
            }
        }

        if (start < Bytes.Length)
        {
            yield return Bytes[start..];
        }
    }
}
