namespace Flatnet.Plugin.Tests.BadInput;

/// <summary>A MAC that is none, or that no interface can have, from each of its three sources.</summary>
internal static class MacCases
{
    private const int InvalidConfiguration = 7;
    private static readonly string[] Values = ["hello", "02:00:00:00:00", "02:00:00:00:00:00:00", "02:00:00:00:00:0g", "01:00:5e:00:00:01", "ff:ff:ff:ff:ff:ff", "00:00:00:00:00:00"];

    public static IEnumerable<BadCase> All =>
    [
        .. Values.Select(value => BadCase.Key("runtimeConfig.mac", $"\"{value}\"")),
        .. Values.Select(value => BadCase.Key("args.cni.mac", $"\"{value}\"")),
        .. Values.Select(value => new BadCase($"CNI_ARGS MAC={value}", InvalidConfiguration, ["CNI_ARGS MAC", value], call => call.With("CNI_ARGS", $"MAC={value}"))),
        BadCase.Key("runtimeConfig.mac", "5"),
        BadCase.Key("args.cni.mac", "[]"),
    ];
}
