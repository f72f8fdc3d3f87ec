namespace Flatnet.Cli.Configuration;

/// <summary>One value of a TOML file with the dotted path of its key, tables and inline tables included.</summary>
/// <param name="Path">Such as <c>logs.components.web.selector</c>.</param>
/// <param name="Value">A <c>string</c>, <c>long</c>, <c>double</c>, <c>bool</c>, or an array of strings (<c>ImmutableArray&lt;string&gt;</c>).</param>
/// <param name="Line">Where the value stands, from 1.</param>
/// <param name="Column">Where the value stands, from 1.</param>
internal sealed record TomlEntry(string Path, object Value, int Line, int Column);
