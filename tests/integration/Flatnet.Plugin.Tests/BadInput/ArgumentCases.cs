namespace Flatnet.Plugin.Tests.BadInput;

/// <summary><c>CNI_ARGS</c> that cannot be parsed.</summary>
internal static class ArgumentCases
{
    private const int InvalidEnvironment = 4;

    public static IEnumerable<BadCase> All =>
    [
        Arguments("IP", "CNI_ARGS: invalid pair \"IP\""),
        Arguments("IgnoreUnknown=1;", "CNI_ARGS: invalid pair \"\""),
        Arguments(";", "CNI_ARGS: invalid pair \"\""),
        Arguments("MAC=a=b", "CNI_ARGS: invalid pair \"MAC=a=b\""),
        Arguments("COLOUR=blue", "CNI_ARGS: unknown args [\"COLOUR=blue\"]"),
        Arguments("COLOUR=blue;IgnoreUnknown=0;SIZE=3", "CNI_ARGS: unknown args [\"COLOUR=blue\" \"SIZE=3\"]"),
        Arguments("ip=10.87.1.9", "CNI_ARGS: unknown args [\"ip=10.87.1.9\"]"),
        Arguments("IgnoreUnknown=perhaps", "CNI_ARGS: IgnoreUnknown=\"perhaps\""),
    ];

    private static BadCase Arguments(string value, string mention)
    {
        return new($"CNI_ARGS {value}", InvalidEnvironment, [mention], call => call.With("CNI_ARGS", value));
    }
}
