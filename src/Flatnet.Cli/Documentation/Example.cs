namespace Flatnet.Cli.Documentation;

/// <summary>A command line worth knowing.</summary>
/// <param name="Line">What to type.</param>
/// <param name="Meaning">What it does.</param>
internal sealed record Example(string Line, string Meaning);
