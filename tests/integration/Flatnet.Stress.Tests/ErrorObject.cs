using System.Text.Json.Nodes;

namespace Flatnet.Stress.Tests;

/// <summary>The error that a plugin printed instead of a result.</summary>
internal sealed record ErrorObject(int Code, string Message, string Details)
{
    /// <summary>Reads it; the call must have failed.</summary>
    public static ErrorObject Of(CommandResult result)
    {
        JsonNode error = JsonNode.Parse(result.ExpectFailure().Output)!;
        return new ErrorObject((int)error["code"]!, (string)error["msg"]!, (string?)error["details"] ?? "");
    }

    public void AssertMentions(params string[] words)
    {
        Assert.All(words, word => Assert.Contains(word, $"{Message} {Details}", StringComparison.Ordinal));
    }
}
