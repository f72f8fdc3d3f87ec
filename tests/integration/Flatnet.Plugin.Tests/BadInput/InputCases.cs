namespace Flatnet.Plugin.Tests.BadInput;

/// <summary>Standard input that is no network configuration at all, or one without a usable name.</summary>
internal static class InputCases
{
    private const int InputOutput = 5;
    private const int Decoding = 6;
    private const int InvalidConfiguration = 7;

    public static IEnumerable<BadCase> All =>
    [
        Text("empty", "", "not valid JSON at line 1, byte 1"), Text("blank", " \n\t ", "not valid JSON at line 2"),
        Text("half an object", "{\"name\":\"fn\"", "not valid JSON at line 1, byte 13"), Text("two objects", "{}{}", "not valid JSON at line 1, byte 3"),
        Text("trailing text", "{\"name\":\"fn\"} x", "not valid JSON at line 1, byte 15"), Text("an error in line 3", "{\n\"name\":\n\"fn\";}", "not valid JSON at line 3, byte 5"),
        Text("array", "[]"), Text("null", "null"), Text("number", "42"), Text("string", "\"fn\""), Text("text", "hello"),
        Text("byte order mark", "\uFEFF{\"name\":\"fn\",\"cniVersion\":\"1.1.0\"}"),
        Text("comment", "{\"name\":\"fn\" /* why not */}"),
        Text("nested too deeply", $"{{\"name\":\"fn\",\"x\":{new string('[', 100_000)}{new string(']', 100_000)}}}"),
        new("stdin huge", InputOutput, ["error reading from stdin: more than 4194304 bytes"], call => call.Input = "{\"name\":\"" + new string('x', 17 * 1024 * 1024)),
        Name(null, InvalidConfiguration, "missing network name"),
        Name("null", InvalidConfiguration, "missing network name"),
        Name("\"\"", InvalidConfiguration, "missing network name"),
        Name("\"a/b\"", InvalidConfiguration, "invalid characters found in network name", "name=a/b"),
        Name("\"..\"", InvalidConfiguration, "invalid characters found in network name", "name=.."),
        Name("\"-fn\"", InvalidConfiguration, "invalid characters found in network name", "name=-fn"),
        Name("\"fn\\n\"", InvalidConfiguration, "invalid characters found in network name", "name=fn"),
        Name("5", Decoding, "name", "5"),
        Name("[\"fn\"]", Decoding, "name", "[\"fn\"]"),
        new("name half a surrogate pair", Decoding, ["name"], call => call.Input = "{\"name\":\"\\ud800\"}"),
        new("name too long for a directory", InvalidConfiguration, ["name"], call => call.Set("name", $"\"{new string('n', 256)}\"")),
    ];

    private static BadCase Text(string name, string input, string mention = "")
    {
        return new($"stdin {name}", Decoding, ["error unmarshall network config", "standard input must be one JSON object", mention], call => call.Input = input);
    }

    private static BadCase Name(string? json, int code, params string[] mentions)
    {
        return new($"name={json ?? "absent"}", code, mentions, call =>
        {
            call.Configuration.Remove("name");
            if (json is not null)
            {
                call.Set("name", json);
            }
        });
    }
}
