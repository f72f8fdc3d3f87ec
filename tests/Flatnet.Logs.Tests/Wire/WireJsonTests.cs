using System.Text;
using System.Text.Json;
using Flatnet.Logs.Wire;

namespace Flatnet.Logs.Tests.Wire;

public sealed class WireJsonTests
{
    [Theory]
    [InlineData("{\"type\":\"ping\"}", "ping")]
    [InlineData("{\"a\":{\"type\":\"no\"},\"b\":[{\"type\":\"no\"}],\"type\":\"log\",\"type\":\"second\"}", "log")]
    [InlineData("{\"t\\u0079pe\":\"p\\u0069ng\"}", "ping")]
    [InlineData("{\"type\":5}", null)]
    [InlineData("{\"type\":null}", null)]
    [InlineData("{\"Type\":\"ping\"}", null)]
    [InlineData("{}", null)]
    [InlineData("[\"type\",\"ping\"]", null)]
    [InlineData("\"type\"", null)]
    public void The_type_is_found_wherever_it_stands(string json, string? type) => Assert.Equal(type, WireJson.TypeOf(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("")]
    [InlineData("{\"a\":")]
    [InlineData("{type:1}")]
    public void What_is_no_JSON_is_told_as_such(string json) => Assert.ThrowsAny<JsonException>(() => WireJson.TypeOf(Encoding.UTF8.GetBytes(json)));
}
