using System.Collections.Immutable;

namespace Flatnet.Cli.Logs;

/// <summary>Prints the bytes of the lines, whatever they are.</summary>
internal sealed class RawLineWriter(Utf8Output output) : ILineWriter
{
    public void Begin(string target, string source)
    {
    }

    public void Write(in LogLine line)
    {
        output.Write(line.Text.Span);
        output.EndLine();
    }

    public void End(ImmutableArray<string> warnings)
    {
    }
}
