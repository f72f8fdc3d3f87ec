namespace Flatnet.Plugin.Tests.BadInput;

/// <summary>
/// Every way to call the plugin wrongly: the answer has its code and names the culprit, and nothing on the host, in the
/// containers or in the state files has changed, down to the bytes.
/// </summary>
public sealed class BadInputTests(BadInputHost fixture) : IClassFixture<BadInputHost>
{
    private static readonly Dictionary<string, BadCase> Cases = new List<BadCase>(
    [
        .. EnvironmentCases.All, .. ArgumentCases.All, .. InputCases.All, .. VersionCases.All, .. BridgeKeyCases.All, .. ContradictionCases.All,
        .. MacCases.All, .. IpamKeyCases.All, .. RequestedAddressCases.All, .. NamespaceCases.All, .. SituationCases.All, .. CheckCases.All,
    ]).ToDictionary(each => each.Name);

    public static TheoryData<string> Names { get; } = [.. Cases.Keys];

    [PluginTheory]
    [MemberData(nameof(Names))]
    public void Is_refused_by_name_and_changes_nothing(string name)
    {
        BadCase bad = Cases[name];
        RawCall call = fixture.GoodCall();
        bad.Break(call);

        CommandResult result = call.Run(fixture.Host.Sandbox);

        try
        {
            PluginError.Of(result).Expect(bad.Code, bad.Mentions);
            fixture.Before.AssertUnchanged(fixture.Host);
        }
        catch
        {
            fixture.Renew();
            throw;
        }
    }

    [PluginTheory]
    [InlineData("\"", "x", "\"")]
    [InlineData("[", "1,", "1]")]
    [InlineData("[", "{},", "{}]")]
    public void A_configuration_just_below_the_limit_is_read(string start, string repeated, string end)
    {
        RawCall call = fixture.GoodCall().Set("mtu", "5");
        string filler = string.Concat(Enumerable.Repeat(repeated, 4_100_000 / repeated.Length));
        call.Input = $"{call.Configuration.ToJsonString()[..^1]},\"x\":{start}{filler}{end}}}";

        PluginError.Of(call.Run(fixture.Host.Sandbox)).Expect(7, "mtu", "5");
    }

    [PluginFact]
    public void The_call_without_the_fault_succeeds()
    {
        using BadInputHost own = new();

        own.GoodCall().Run(own.Host.Sandbox).ExpectSuccess();

        Assert.Equal(["c1 eth0", "c2 eth0"], own.Host.Leases());
    }
}
