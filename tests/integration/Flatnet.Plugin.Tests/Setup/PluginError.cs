using System.Text.Json.Nodes;

namespace Flatnet.Plugin.Tests.Setup;

/// <summary>The error object of a failed call, checked for its form.</summary>
internal sealed record PluginError(int Code, string Message, string Details)
{
    /// <summary>All that the user is told.</summary>
    public string Text => $"{Message}: {Details}";

    /// <summary>Fails unless the call ended with status 1 and printed one error object and nothing else.</summary>
    public static PluginError Of(CommandResult result)
    {
        if (result.ExitCode != 1)
        {
            throw new CommandFailedException($"expected exit status 1, got {result.ExitCode}", result);
        }

        JsonObject error = JsonNode.Parse(result.Output)!.AsObject();
        Assert.Equal(["cniVersion", "code", "msg"], error.Select(member => member.Key).Where(key => key != "details"));
        Assert.False(string.IsNullOrWhiteSpace((string?)error["msg"]), result.Output);
        Assert.Matches(@"^\d+\.\d+\.\d+$", (string)error["cniVersion"]!);
        return new PluginError((int)error["code"]!, (string)error["msg"]!, (string?)error["details"] ?? "");
    }

    /// <summary>Fails unless the code is this one and the text names everything in <paramref name="mentions"/>.</summary>
    public PluginError Expect(int code, params string[] mentions)
    {
        Assert.True(Code == code, $"expected code {code}, got {Code}: {Text}");
        Assert.All(mentions, mention => Assert.Contains(mention, Text, StringComparison.Ordinal));
        return this;
    }
}
