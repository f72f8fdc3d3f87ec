using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Flatnet.Podman;

/// <summary>What to list, in the words of the API and of the command.</summary>
internal static class ListQuery
{
    /// <summary>The query of the path <c>containers/json</c>.</summary>
    public static string OverApi(ListOptions options)
    {
        StringBuilder query = new(options.All ? "all=true" : "all=false");
        query.Append(options.Pods ? "&pod=true" : "").Append(options.Size ? "&size=true" : "").Append(options.Namespaces ? "&namespace=true" : "");
        if (!options.Filters.IsEmpty)
        {
            query.Append("&filters=").Append(Uri.EscapeDataString(FilterJson(options)));
        }

        return query.ToString();
    }

    /// <summary>The arguments of <c>podman</c>.</summary>
    public static List<string> OverCommand(ListOptions options)
    {
        List<string> arguments = ["ps", "--no-trunc", "--format", "json"];
        arguments.AddRange(options.All ? ["--all"] : []);
        arguments.AddRange(options.Pods ? ["--pod"] : []);
        arguments.AddRange(options.Size ? ["--size"] : []);
        arguments.AddRange(options.Namespaces ? ["--namespace"] : []);
        foreach ((string key, ImmutableArray<string> values) in options.Filters)
        {
            arguments.AddRange(values.SelectMany(value => (string[])["--filter", $"{key}={value}"]));
        }

        return arguments;
    }

    private static string FilterJson(ListOptions options)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            foreach ((string key, ImmutableArray<string> values) in options.Filters)
            {
                writer.WriteStartArray(key);
                foreach (string value in values)
                {
                    writer.WriteStringValue(value);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
