using System.Collections.Immutable;

namespace Flatnet.Cli.Logs;

/// <summary>Prints one JSON document, written as the lines come: <c>{target, source, entries[], warnings[]}</c>.</summary>
internal sealed class JsonLineWriter(Utf8Output output) : ILineWriter
{
    private readonly LineJson _json = new(output);
    private bool _hasLines;

    public void Begin(string target, string source)
    {
        output.Write("{\"target\":"u8);
        _json.WriteText(target);
        output.Write(",\"source\":"u8);
        _json.WriteText(source);
        output.Write(",\"entries\":["u8);
    }

    public void Write(in LogLine line)
    {
        if (_hasLines)
        {
            output.Write(","u8);
        }

        _hasLines = true;
        output.EndLine();
        _json.Write(line);
    }

    public void End(ImmutableArray<string> warnings)
    {
        output.Write("],\"warnings\":["u8);
        for (int i = 0; i < warnings.Length; i++)
        {
            output.Write(i == 0 ? ""u8 : ","u8);
            _json.WriteText(warnings[i]);
        }

        output.Write("]}"u8);
        output.EndLine();
    }
}
