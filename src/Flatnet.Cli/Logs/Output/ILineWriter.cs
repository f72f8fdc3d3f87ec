using System.Collections.Immutable;

namespace Flatnet.Cli.Logs;

/// <summary>Prints lines in one format.</summary>
internal interface ILineWriter
{
    /// <summary>Called once, before the first line, when it is known where the lines are from.</summary>
    public void Begin(string target, string source);

    public void Write(in LogLine line);

    /// <summary>Called once, after the last line.</summary>
    public void End(ImmutableArray<string> warnings);
}
