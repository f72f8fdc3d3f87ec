using System.Collections.Immutable;

namespace Flatnet.Cli.Logs;

/// <summary>Prints one JSON object per line.</summary>
internal sealed class JsonLinesLineWriter(Utf8Output output) : ILineWriter
{
    private readonly LineJson _json = new(output);

    public void Begin(string target, string source)
    {
    }

    public void Write(in LogLine line)
    {
        _json.Write(line);
        output.EndLine();
    }

    public void End(ImmutableArray<string> warnings)
    {
    }
}
