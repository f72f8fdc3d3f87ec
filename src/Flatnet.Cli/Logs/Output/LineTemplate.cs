using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Flatnet.Logs;
using Flatnet.Podman;

namespace Flatnet.Cli.Logs;

/// <summary>What a user wants of each line: <c>{{.Timestamp}} {{.Target}} {{.Line}}</c>.</summary>
internal sealed partial class LineTemplate
{
    /// <summary>What may stand between braces.</summary>
    public const string Fields = ".Timestamp .Target .Source .Stream .Level .Line .Label \"NAME\"";

    private readonly ImmutableArray<Func<LogLine, string>> _parts;

    private LineTemplate(ImmutableArray<Func<LogLine, string>> parts) => _parts = parts;

    /// <exception cref="FormatException">A field is not known, or a brace is not closed.</exception>
    public static LineTemplate Parse(string text, LineStamp stamp)
    {
        ImmutableArray<Func<LogLine, string>>.Builder parts = ImmutableArray.CreateBuilder<Func<LogLine, string>>();
        int end = 0;
        foreach (Match match in Field().Matches(text))
        {
            AddText(parts, text[end..match.Index]);
            parts.Add(Value(match.Groups[1].Value, match.Groups[2].Value, stamp));
            end = match.Index + match.Length;
        }

        AddText(parts, text[end..]);
        return new LineTemplate(parts.ToImmutable());
    }

    public string Render(LogLine line) => string.Concat(_parts.Select(part => part(line)));

    private static void AddText(ImmutableArray<Func<LogLine, string>>.Builder parts, string text)
    {
        if (text.Contains("{{", StringComparison.Ordinal))
        {
            throw new FormatException($"the template has a field that cannot be read near '{text[text.IndexOf("{{", StringComparison.Ordinal)..]}'; write {Fields} between {{{{ and }}}}");
        }

        string plain = text.Replace("\\t", "\t", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal);
        if (plain.Length > 0)
        {
            parts.Add(_ => plain);
        }
    }

    private static Func<LogLine, string> Value(string field, string argument, LineStamp stamp) => field switch
    {
        "Timestamp" => line => line.Timestamp is { } timestamp ? stamp.Of(timestamp) : "",
        "Target" => line => line.Origin.Target,
        "Source" => line => line.Origin.Source,
        "Stream" => line => line.Channel switch { LogChannel.Output => "stdout", LogChannel.Error => "stderr", _ => "" },
        "Level" => line => LineLevel.Of(line)?.Name() ?? "",
        "Line" or "Message" => line => Encoding.UTF8.GetString(line.Text.Span),
        "Label" when argument.Length > 0 => line => line.Labels?.GetValueOrDefault(argument) ?? "",
        _ => throw new FormatException($"the template's field '.{field}' is not known; there are {Fields}"),
    };

    [GeneratedRegex("\\{\\{ *\\.([A-Za-z]+)(?: +\"([^\"]*)\")? *\\}\\}", RegexOptions.CultureInvariant)]
    private static partial Regex Field();
}
