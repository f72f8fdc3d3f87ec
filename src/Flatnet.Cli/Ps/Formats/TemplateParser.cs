using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Flatnet.Cli.Hosting;
using Flatnet.Cli.Json;
using Flatnet.Logs.Text;

namespace Flatnet.Cli.Ps.Formats;

/// <summary>Reads templates such as <c>{{.Name}}\t{{.Label "team"}}</c>: the part of Go's template language that is used with listings.</summary>
internal static partial class TemplateParser
{
    /// <exception cref="CommandException">An unknown field, or not a template.</exception>
    public static ImmutableArray<TemplatePart> Parse(string template)
    {
        ImmutableArray<TemplatePart>.Builder parts = ImmutableArray.CreateBuilder<TemplatePart>();
        int position = 0;
        while (template.IndexOf("{{", position, StringComparison.Ordinal) is var open and >= 0)
        {
            int close = template.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0)
            {
                throw CommandException.Usage($"format \"{template}\": \"{{{{\" without \"}}}}\"");
            }

            AddLiteral(parts, template[position..open]);
            parts.Add(Field(template[(open + 2)..close].Trim()));
            position = close + 2;
        }

        AddLiteral(parts, template[position..]);
        return parts.ToImmutable();
    }

    private static void AddLiteral(ImmutableArray<TemplatePart>.Builder parts, string text)
    {
        if (text.Length > 0)
        {
            // A shell passes these on as they are written.
            string literal = text.Replace("\\t", "\t", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal);
            parts.Add(new TemplatePart(literal, (_, _) => literal, PsNeeds.None, IsLiteral: true));
        }
    }

    private static TemplatePart Field(string expression)
    {
        if (LabelExpression().Match(expression) is { Success: true } label)
        {
            string key = label.Groups["key"].Value;
            return new TemplatePart(key, (row, _) => row.Container.Labels.GetValueOrDefault(key, ""), PsNeeds.None);
        }

        if (JsonExpression().Match(expression) is { Success: true } json)
        {
            return Json(json.Groups["field"].Value);
        }

        Placeholder field = Find(expression);
        return new TemplatePart(field.Header, field.Text, field.Needs);
    }

    private static TemplatePart Json(string name)
    {
        if (name == ".")
        {
            return new TemplatePart(
                "JSON",
                static (row, _) => JsonOutput.RenderValue(json => JsonRow.Write(json, row, PsNeeds.Addresses | PsNeeds.Pods), isCompact: true),
                PsNeeds.Addresses | PsNeeds.Conflicts | PsNeeds.Pods);
        }

        Placeholder field = Find(name);
        return new TemplatePart(
            field.Header,
            (row, whole) => JsonOutput.RenderValue(json => json.WriteStringValue(field.Text(row, whole)), isCompact: true),
            field.Needs);
    }

    private static Placeholder Find(string name)
    {
        if (Array.Find(Placeholder.All, field => field.Name == name) is { } found)
        {
            return found;
        }

        string[] known = Array.ConvertAll(Placeholder.All, static field => field.Name);
        string guess = NearMatch.Find(name, known) is [var near, ..] ? $"Did you mean {{{{{near}}}}}?\n" : "";
        throw CommandException.Usage($"unknown field {{{{{name}}}}} in the format", $"{guess}Fields: {string.Join(' ', known)} .Label \"KEY\"");
    }

    [GeneratedRegex("""^\.Label\s+"(?<key>[^"]+)"$""", RegexOptions.CultureInvariant)]
    private static partial Regex LabelExpression();

    [GeneratedRegex("""^json\s+(?<field>\.\w*)$""", RegexOptions.CultureInvariant)]
    private static partial Regex JsonExpression();
}
