namespace Flatnet.Plugin.Tests.BadInput;

/// <summary>CHECK with no previous result, or one that cannot be of this network.</summary>
internal static class CheckCases
{
    private const int Decoding = 6;
    private const int InvalidConfiguration = 7;

    public static IEnumerable<BadCase> All =>
    [
        Previous("absent", null, InvalidConfiguration, "Required prevResult missing"),
        Previous("null", "null", InvalidConfiguration, "Required prevResult missing"),
        Previous("text", "\"x\"", InvalidConfiguration, "prevResult", "\"x\""),
        Previous("of 0.4.0", """{"cniVersion":"0.4.0"}""", Decoding, "could not parse prevResult", "0.4.0"),
        Previous("of 0.2.0", """{"cniVersion":"0.2.0"}""", Decoding, "could not parse prevResult", "0.2.0"),
        Previous("of an unknown version", """{"cniVersion":"7.0.0"}""", Decoding, "could not parse prevResult", "7.0.0"),
        Previous("with a wrong address", """{"ips":[{"address":"10.87.1.2"}]}""", Decoding, "prevResult.ips[0].address", "10.87.1.2"),
        Previous("with a wrong list", """{"interfaces":"eth0"}""", Decoding, "prevResult.interfaces", "eth0"),
        Previous("with a wrong route", """{"routes":[{"dst":"x"}]}""", Decoding, "prevResult.routes[0].dst", "x"),
    ];

    private static BadCase Previous(string name, string? json, int code, params string[] mentions)
    {
        return new($"prevResult {name}", code, mentions, call =>
        {
            call.With("CNI_COMMAND", "CHECK").With("CNI_CONTAINERID", "c1").With("CNI_NETNS", "/run/netns/c1");
            if (json is not null)
            {
                call.Set("prevResult", json);
            }
        });
    }
}
