using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Flatnet.Settings;

/// <summary>Writes values and keys as YAML; in braces as JSON, which a JSON file must stay.</summary>
internal static partial class YamlText
{
    public static string Of(ImmutableArray<string> values, bool isList, bool isFlow) =>
        isList ? $"[{string.Join(", ", values.Select(Quoted))}]" : isFlow || !Plain().IsMatch(values[0]) ? Quoted(values[0]) : values[0];

    /// <summary>Lines with each key indented below the one before.</summary>
    public static string Block(string[] names, string value, int column)
    {
        var text = new StringBuilder();
        for (int i = 0; i < names.Length; i++)
        {
            text.Append(' ', column + (2 * i)).Append(names[i]).Append(i == names.Length - 1 ? $": {value}\n" : ":\n");
        }

        return text.ToString();
    }

    /// <summary>Braces in braces.</summary>
    public static string Flow(string[] names, string value) =>
        names.Reverse().Aggregate(value, static (inner, name) => $"{{{Quoted(name)}: {inner}}}");

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    // What no reader of YAML takes for anything but a text, a number or a flag.
    [GeneratedRegex(@"\A[A-Za-z0-9/][A-Za-z0-9_./+-]*(?::[A-Za-z0-9_./+-]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
