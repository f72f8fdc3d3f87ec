using System.Text.Json;

namespace Flatnet.Server.Rest.Tasks;

/// <summary>The body of <c>POST /tasks</c>.</summary>
internal sealed record NewTask
{
    /// <summary>Null for one that the server makes up.</summary>
    public string? Id { get; init; }

    /// <summary>What an agent runs: the text of a script, or an object with up to three of them (see <see cref="ScriptParts"/>).</summary>
    public JsonElement? Script { get; init; }

    /// <summary>The variables that the script gets.</summary>
    public Dictionary<string, string>? Environment { get; init; }

    /// <summary>How long its lines are kept after its end, as in <c>30d</c>; null for the server's own time.</summary>
    public string? Retention { get; init; }
}
