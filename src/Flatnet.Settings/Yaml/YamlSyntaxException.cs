namespace Flatnet.Settings;

/// <summary>A text is not the YAML that a configuration is written in.</summary>
internal sealed class YamlSyntaxException(int line, int column, string problem, Exception? inner = null) : Exception(problem, inner)
{
    public int Line { get; } = line;

    public int Column { get; } = column;
}
