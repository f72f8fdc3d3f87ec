using System.Text.Json;

namespace Flatnet.Server.Tests.Rest;

/// <summary>Whether answers are what the interface's description says: as much of JSON Schema as that one uses, and no member that it does not name.</summary>
internal sealed class SchemaChecker(JsonElement document)
{
    /// <summary>What a <c>$ref</c> leads to.</summary>
    public JsonElement Resolve(string reference)
    {
        Assert.StartsWith("#/", reference, StringComparison.Ordinal);
        JsonElement target = document;
        foreach (string name in reference[2..].Split('/'))
        {
            Assert.True(target.TryGetProperty(name, out target), $"{reference} leads nowhere.");
        }

        return target;
    }

    /// <summary>What is wrong with a value; empty if nothing is.</summary>
    public IReadOnlyList<string> Check(JsonElement schema, JsonElement value, string path = "$")
    {
        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            return Check(Resolve(reference.GetString()!), value, path);
        }

        if (schema.TryGetProperty("oneOf", out JsonElement choices))
        {
            IReadOnlyList<string>[] all = [.. choices.EnumerateArray().Select(choice => Check(choice, value, path))];
            return all.Count(mistakes => mistakes.Count == 0) == 1 ? [] : [$"{path} is not one of its forms: {string.Join("; ", all.SelectMany(mistakes => mistakes))}"];
        }

        if (!TypesOf(schema).Contains(TypeOf(value)))
        {
            return [$"{path} is {TypeOf(value)}, not {string.Join(" or ", TypesOf(schema))}"];
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => [.. CheckMembers(schema, value, path)],
            JsonValueKind.Array => [.. value.EnumerateArray().SelectMany((item, index) => Check(schema.GetProperty("items"), item, $"{path}[{index}]"))],
            JsonValueKind.String => [.. CheckText(schema, value.GetString()!, path)],
            _ => [],
        };
    }

    private static IEnumerable<string> CheckText(JsonElement schema, string text, string path)
    {
        if (schema.TryGetProperty("enum", out JsonElement texts) && !texts.EnumerateArray().Any(item => item.GetString() == text))
        {
            yield return $"{path} is '{text}', which it may not be";
        }

        if (schema.TryGetProperty("format", out _) && !DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _))
        {
            yield return $"{path} is '{text}', which is no time";
        }
    }

    private IEnumerable<string> CheckMembers(JsonElement schema, JsonElement value, string path)
    {
        foreach (JsonElement name in schema.TryGetProperty("required", out JsonElement required) ? required.EnumerateArray() : [])
        {
            if (!value.TryGetProperty(name.GetString()!, out _))
            {
                yield return $"{path}.{name} is missing";
            }
        }

        if (!schema.TryGetProperty("properties", out JsonElement properties))
        {
            yield break;
        }

        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (!properties.TryGetProperty(member.Name, out JsonElement type))
            {
                yield return $"{path}.{member.Name} is not described";
                continue;
            }

            foreach (string mistake in Check(type, member.Value, $"{path}.{member.Name}"))
            {
                yield return mistake;
            }
        }
    }

    private static string[] TypesOf(JsonElement schema) => schema.GetProperty("type") is { ValueKind: JsonValueKind.Array } types
        ? [.. types.EnumerateArray().Select(type => type.GetString()!)]
        : [schema.GetProperty("type").GetString()!];

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => value.ValueKind.ToString().ToLowerInvariant(),
    };
}
