using System.Collections.Immutable;
using System.Globalization;
using Flatnet.Logs.Text;
using Flatnet.Logs.Times;
using Flatnet.Server.Errors;
using Microsoft.Extensions.Primitives;

namespace Flatnet.Server.Rest.Query;

/// <summary>
/// Reads a query string. A name that the endpoint does not know is refused: a mistyped filter that is passed over would answer a
/// question that nobody asked.
/// </summary>
internal sealed class QueryReader
{
    private readonly IQueryCollection _query;

    private QueryReader(IQueryCollection query) => _query = query;

    /// <exception cref="ApiException">It has a parameter that the endpoint does not know.</exception>
    public static QueryReader Of(HttpContext context)
    {
        ImmutableArray<Parameter> accepted = context.GetEndpoint()?.Metadata.GetMetadata<AcceptedParameters>()?.Items ?? [];
        foreach (string name in context.Request.Query.Keys)
        {
            if (!accepted.Any(parameter => parameter.Name == name))
            {
                string near = NearMatch.Find(name, accepted.Select(parameter => parameter.Name)).FirstOrDefault() is { } match ? $" Did you mean '{match}'?" : "";
                throw Refusal.Parameter(name, $"There is no parameter '{name}' here.{near}");
            }
        }

        return new QueryReader(context.Request.Query);
    }

    public bool Has(Parameter parameter) => _query.ContainsKey(parameter.Name);

    /// <summary>The value; null if it is not given.</summary>
    /// <exception cref="ApiException">It is empty, too long, given twice, or none of the choices.</exception>
    public string? Text(Parameter parameter)
    {
        StringValues values = _query[parameter.Name];
        if (values.Count == 0)
        {
            return null;
        }

        if (values.Count > 1)
        {
            throw Refusal.Parameter(parameter.Name, $"'{parameter.Name}' is given {values.Count} times.");
        }

        if (values[0] is not { Length: > 0 and <= Parameters.LongestText } text)
        {
            throw Refusal.Parameter(parameter.Name, $"'{parameter.Name}' must have 1 to {Parameters.LongestText} characters.");
        }

        return parameter.Choices.IsEmpty ? text : Choose(parameter, text);
    }

    /// <summary>The number; null if it is not given.</summary>
    /// <exception cref="ApiException">It is none, or out of range.</exception>
    public long? Whole(Parameter parameter)
    {
        if (Text(parameter) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value >= parameter.Least && value <= parameter.Most)
        {
            return value;
        }

        string range = parameter.Most == long.MaxValue ? $"of at least {parameter.Least}" : $"from {parameter.Least} to {parameter.Most}";
        throw Refusal.Parameter(parameter.Name, $"'{parameter.Name}' must be a whole number {range}.");
    }

    /// <summary>The time in nanoseconds since 1970; null if it is not given.</summary>
    /// <exception cref="ApiException">It is none.</exception>
    public long? Time(Parameter parameter)
    {
        if (Text(parameter) is not { } text)
        {
            return null;
        }

        // A plus sign that is not escaped arrives as a blank.
        string time = text is [.., ' ', _, _, ':', _, _] ? $"{text[..^6]}+{text[^5..]}" : text;
        return time.Length <= 64 && Rfc3339.TryParse(time, out long value)
            ? value
            : throw Refusal.Parameter(parameter.Name, $"'{parameter.Name}' must be a time with a zone such as 2026-01-31T14:05:00Z or 2026-01-31T14:05:00.5+09:00.");
    }

    /// <summary>Whether it is on. A bare name is on.</summary>
    /// <exception cref="ApiException">It is neither true nor false.</exception>
    public bool Flag(Parameter parameter) => _query[parameter.Name] is { Count: > 0 } values && values.ToString() switch
    {
        "" or "true" or "1" => true,
        "false" or "0" => false,
        _ => throw Refusal.Parameter(parameter.Name, $"'{parameter.Name}' must be true or false."),
    };

    /// <summary>The values, from several parameters and between commas; none if it is not given, or empty.</summary>
    /// <exception cref="ApiException">One is none of the choices.</exception>
    public IEnumerable<string> List(Parameter parameter) => _query[parameter.Name]
        .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        .Select(item => Choose(parameter, item));

    private static string Choose(Parameter parameter, string text) =>
        parameter.Choices.FirstOrDefault(choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase))
        ?? throw Refusal.Parameter(parameter.Name, $"'{parameter.Name}' must be {string.Join(", ", parameter.Choices)}.");
}
