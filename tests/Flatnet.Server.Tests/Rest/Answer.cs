using System.Text.Json;

namespace Flatnet.Server.Tests.Rest;

/// <summary>What the server said.</summary>
internal sealed record Answer(int Status, string Text, HttpResponseMessage Response)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>The numbers of the lines in it.</summary>
    public long[] Seqs => [.. Json.GetProperty("content").EnumerateArray().Select(line => line.GetProperty("seq").GetInt64())];

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) => new((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response);

    /// <summary>That it is an error of this kind, in the shape that all errors have.</summary>
    public JsonElement AssertError(int status, string code)
    {
        Assert.Equal((status, code), (Status, Json.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal("application/json", Response.Content.Headers.ContentType?.ToString());
        Assert.Equal(["error", "meta"], Json.EnumerateObject().Select(member => member.Name));
        JsonElement error = Json.GetProperty("error");
        Assert.Equal(["code", "message", "status", "details"], error.EnumerateObject().Select(member => member.Name));
        Assert.Equal(status, error.GetProperty("status").GetInt32());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.Equal("1.0.0", Json.GetProperty("meta").GetProperty("version").GetString());
        Assert.EndsWith("Z", Json.GetProperty("meta").GetProperty("timestamp").GetString());
        return error;
    }
}
