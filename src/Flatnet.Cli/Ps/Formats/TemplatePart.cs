namespace Flatnet.Cli.Ps.Formats;

/// <summary>A piece of a template.</summary>
/// <param name="Header">What stands in its place in the header row.</param>
/// <param name="Text">What stands there for a row, in full or shortened.</param>
/// <param name="Needs">What has to be found out for it.</param>
/// <param name="IsLiteral">It is the template's own text, the same everywhere.</param>
internal sealed record TemplatePart(string Header, Func<PsRow, bool, string> Text, PsNeeds Needs, bool IsLiteral = false);
