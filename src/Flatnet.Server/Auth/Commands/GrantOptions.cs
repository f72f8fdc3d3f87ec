using System.CommandLine;
using System.Text.Json;

namespace Flatnet.Server.Auth.Commands;

/// <summary>The options that keys and users share.</summary>
internal sealed class GrantOptions
{
    public Option<string[]> Scope { get; } = new("--scope")
    {
        Description = "What is allowed: logs:read, logs:write, logs:delete, tasks:write or admin. Several, or divided by commas.",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    public Option<string[]> Task { get; } = new("--task")
    {
        Description = "On which tasks: an ID, or the beginning of IDs with a * at its end. Several, or divided by commas. Default: all.",
        AllowMultipleArgumentsPerToken = true,
    };

    public Grant Read(ParseResult arguments)
    {
        string[] tasks = Words(arguments.GetValue(Task));
        return new Grant([.. Words(arguments.GetValue(Scope))], tasks.Length == 0 ? null : [.. tasks]);
    }

    public static void Write(Utf8JsonWriter writer, Grant grant)
    {
        WriteList(writer, "scopes"u8, grant.Scopes);
        WriteList(writer, "tasks"u8, grant.Tasks ?? ["*"]);
    }

    /// <summary>For a person: <c>logs:read on build-*</c>.</summary>
    public static string Describe(Grant grant) => $"{string.Join(' ', grant.Scopes)} on {(grant.Tasks is { } tasks ? string.Join(' ', tasks) : "all tasks")}";

    private static string[] Words(string[]? values) =>
        [.. (values ?? []).SelectMany(value => value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))];

    private static void WriteList(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (string value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}
