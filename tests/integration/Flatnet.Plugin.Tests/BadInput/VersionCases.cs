namespace Flatnet.Plugin.Tests.BadInput;

/// <summary>Versions that are unsupported, malformed, or too old for the verb.</summary>
internal static class VersionCases
{
    private const int Incompatible = 1;
    private const int Decoding = 6;

    public static IEnumerable<BadCase> All =>
    [
        .. Versions("ADD", Incompatible, "9.9.9", "1.0", "v1.0.0", "1.1.0 ", "0.0.0", "newest").Select(Named("incompatible CNI versions", "plugin supports [\"0.1.0\"")),
        .. Versions("DEL", Incompatible, "9.9.9").Select(Named("incompatible CNI versions")),
        .. Versions("CHECK", Incompatible, "0.1.0", "0.2.0", "0.3.0", "0.3.1").Select(Named("config version does not allow CHECK")),
        .. Versions("GC", Incompatible, "0.4.0", "1.0.0").Select(Named("config version does not allow GC")),
        .. Versions("STATUS", Incompatible, "0.4.0", "1.0.0").Select(Named("config version does not allow STATUS")),
        .. Versions("CHECK", Incompatible, "9.9.9").Select(Named("incompatible CNI versions")),
        .. Versions("CHECK", Decoding, "newest", "1.x", "1.1.0.0"),
        .. Versions("GC", Decoding, "newest"),
        .. Versions("STATUS", Decoding, "newest"),
        new("cniVersion absent, CHECK", Incompatible, ["config version does not allow CHECK", "0.1.0"], call =>
        {
            call.With("CNI_COMMAND", "CHECK");
            call.Configuration.Remove("cniVersion");
        }),
        new("cniVersion number", Decoding, ["cniVersion", "1.1"], call => call.Set("cniVersion", "1.1")),
    ];

    private static IEnumerable<BadCase> Versions(string command, int code, params string[] versions)
    {
        return versions.Select(version => new BadCase(
            $"{command} cniVersion={version}", code, [version], call => call.With("CNI_COMMAND", command).Set("cniVersion", $"\"{version}\"")));
    }

    private static Func<BadCase, BadCase> Named(params string[] mentions)
    {
        return bad => bad with { Mentions = [.. bad.Mentions, .. mentions] };
    }
}
