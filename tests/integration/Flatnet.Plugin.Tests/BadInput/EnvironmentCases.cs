namespace Flatnet.Plugin.Tests.BadInput;

/// <summary>Variables that are missing, empty or malformed.</summary>
internal static class EnvironmentCases
{
    private const int InvalidEnvironment = 4;

    public static IEnumerable<BadCase> All =>
    [
        .. Missing("ADD", "CNI_CONTAINERID", "CNI_NETNS", "CNI_IFNAME", "CNI_PATH"),
        .. Missing("CHECK", "CNI_CONTAINERID", "CNI_NETNS", "CNI_IFNAME", "CNI_PATH"),
        .. Missing("DEL", "CNI_CONTAINERID", "CNI_IFNAME", "CNI_PATH"),
        .. Missing("GC", "CNI_PATH"),
        .. Missing("STATUS", "CNI_PATH"),
        new("empty CNI_NETNS", InvalidEnvironment, ["required env variables [CNI_NETNS] missing"], call => call.With("CNI_NETNS", "")),
        new("two variables missing", InvalidEnvironment, ["required env variables [CNI_CONTAINERID,CNI_IFNAME] missing"],
            call => call.With("CNI_CONTAINERID", null).With("CNI_IFNAME", null)),
        new("all variables missing", InvalidEnvironment, ["required env variables [CNI_CONTAINERID,CNI_NETNS,CNI_IFNAME,CNI_PATH] missing"],
            call => call.With("CNI_CONTAINERID", null).With("CNI_NETNS", null).With("CNI_IFNAME", null).With("CNI_PATH", null)),
        new("a malformed variable hides a missing one", InvalidEnvironment, ["CNI_CONTAINERID=../up"],
            call => call.With("CNI_CONTAINERID", "../up").With("CNI_IFNAME", null)),
        ContainerId("../up"), ContainerId("a/b"), ContainerId("a b"), ContainerId("-a"), ContainerId(".a"), ContainerId("ä"), ContainerId("a\n"), ContainerId("a;b"),
        InterfaceName("sixteen-bytes-xx", "too long"), InterfaceName("éééééééé", "too long"), InterfaceName(".", ". or .."), InterfaceName("..", ". or .."),
        InterfaceName("a/b", "/"), InterfaceName("a:b", ":"), InterfaceName("a b", "whitespace"), InterfaceName("a\u00a0b", "whitespace"), InterfaceName("eth0\n", "whitespace"),
        Command("FLY"), Command("add"), Command("ADD "),
        new("unknown command and broken input", 6, ["error unmarshall network config"], call => call.With("CNI_COMMAND", "FLY").Input = "{"),
    ];

    private static IEnumerable<BadCase> Missing(string command, params string[] names)
    {
        return names.Select(name => new BadCase(
            $"{command} without {name}",
            InvalidEnvironment,
            [$"required env variables [{name}] missing"],
            call => call.With("CNI_COMMAND", command).With(name, null)));
    }

    private static BadCase ContainerId(string value)
    {
        return new($"container ID {value}", InvalidEnvironment, ["invalid characters in containerID", $"CNI_CONTAINERID={value}"], call => call.With("CNI_CONTAINERID", value));
    }

    private static BadCase InterfaceName(string value, string problem)
    {
        return new($"interface name {value}", InvalidEnvironment, [problem, $"CNI_IFNAME={value}"], call => call.With("CNI_IFNAME", value));
    }

    private static BadCase Command(string value)
    {
        return new($"command {value}", InvalidEnvironment, [$"unknown CNI_COMMAND: {value}"], call => call.With("CNI_COMMAND", value));
    }
}
