namespace Flatnet.Cli.Configuration;

/// <summary>A configuration file that is not TOML, or not of the kind read here.</summary>
/// <param name="line">From 1.</param>
/// <param name="column">From 1.</param>
/// <param name="problem">What is wrong there.</param>
internal sealed class TomlException(int line, int column, string problem) : Exception($"line {line}, column {column}: {problem}")
{
    public int Line { get; } = line;

    public int Column { get; } = column;
}
