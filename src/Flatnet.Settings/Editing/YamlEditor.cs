using System.Collections.Immutable;

namespace Flatnet.Settings;

/// <summary>Changes one value in the text of a YAML document; not a character besides.</summary>
internal static class YamlEditor
{
    private const int Indent = 2;

    /// <summary>The text with the value.</summary>
    /// <exception cref="YamlSyntaxException">The text is not understood, or has a value where a section is needed.</exception>
    public static string Set(string text, string path, ImmutableArray<string> values, bool isList)
    {
        string[] names = path.Split('.');
        YamlMapping? section = YamlReader.Read(text);
        for (int depth = 0; depth < names.Length && section is not null; depth++)
        {
            bool isFlow = section.IsFlow;
            if (Find(section, names[depth]) is not { } value)
            {
                return Add(text, section, names[depth..], YamlText.Of(values, isList, isFlow));
            }

            if (depth == names.Length - 1)
            {
                return Replace(text, value, YamlText.Of(values, isList, isFlow || value is YamlMapping { IsFlow: true }));
            }

            if (value is YamlScalar { IsNull: true })
            {
                string below = isFlow
                    ? YamlText.Flow(names[(depth + 1)..], YamlText.Of(values, isList, isFlow: true))
                    : "\n" + YamlText.Block(names[(depth + 1)..], YamlText.Of(values, isList, isFlow: false), section.Column - 1 + Indent).TrimEnd('\n');
                return Replace(text, value, below);
            }

            section = value as YamlMapping ?? throw new YamlSyntaxException(value.Line, value.Column, $"'{names[depth]}' must be a section with settings below it");
        }

        string end = text.Length == 0 || text.EndsWith('\n') ? "" : "\n";
        return text + end + YamlText.Block(names, YamlText.Of(values, isList, isFlow: false), column: 0);
    }

    private static YamlNode? Find(YamlMapping section, string name)
    {
        foreach ((YamlScalar key, YamlNode value) in section.Entries)
        {
            if (key.Value == name)
            {
                return value;
            }
        }

        return null;
    }

    private static string Replace(string text, YamlNode value, string put)
    {
        // Where nothing stands, the value follows the colon at once; a block of text ends behind its line.
        bool needsBlank = value.End == value.Start && put[0] != '\n';
        bool endsLine = value.End > value.Start && text[value.End - 1] == '\n';
        return text[..value.Start] + (needsBlank ? " " : "") + put + (endsLine ? "\n" : "") + text[value.End..];
    }

    private static string Add(string text, YamlMapping section, string[] names, string value)
    {
        if (section.IsFlow)
        {
            string divider = section.Entries.IsEmpty ? "" : ", ";
            return text.Insert(section.Start + 1, YamlText.Flow(names, value)[1..^1] + divider);
        }

        // Behind the section's last line, or the comment that it ends with.
        int end = section.End > 0 && text[section.End - 1] == '\n' ? section.End : text.IndexOf('\n', section.End) is var line and >= 0 ? line + 1 : text.Length;
        string before = end > 0 && text[end - 1] != '\n' ? "\n" : "";
        return text.Insert(end, before + YamlText.Block(names, value, section.Column - 1));
    }
}
