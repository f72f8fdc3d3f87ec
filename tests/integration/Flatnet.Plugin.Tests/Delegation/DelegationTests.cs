using System.Text.Json.Nodes;

namespace Flatnet.Plugin.Tests.Delegation;

/// <summary>Addresses from other IPAM plugins: what they are told, what is made of their answers and failures.</summary>
public sealed class DelegationTests : IDisposable
{
    private const string Good = """{"cniVersion":"1.0.0","ips":[{"address":"10.87.1.20/24","gateway":"10.87.1.1"}],"routes":[{"dst":"0.0.0.0/0"}],"dns":{"nameservers":["192.0.2.53"]}}""";

    // The newest that the reference plugins of Debian 12 know.
    private const string DebianVersion = "1.0.0";

    private static readonly JsonObject Fake = Configurations.Delegated($$"""{"type":"{{FakeIpam.Name}}"}""");

    private readonly Host _host = new();
    private readonly Node _node;

    public DelegationTests()
    {
        _node = _host.AddContainer();
    }

    public void Dispose()
    {
        _host.Dispose();
    }

    [PluginFact]
    public void The_delegate_gets_our_input_and_environment()
    {
        FakeIpam fake = new(_host, FakeIpam.Answer(Good));

        JsonObject result = _host.Add(Fake, _node, arguments: "IgnoreUnknown=1;X=y");
        _host.Check(Fake, result, _node).ExpectSuccess();
        _host.Del(Fake, _node);

        string call = $"c1 eth0 {_node.Path}";
        Assert.Equal([$"ADD {call} IgnoreUnknown=1;X=y 0", $"CHECK {call}  0", $"DEL {call}  0"], fake.CallLines);
        Assert.Equal(Fake.ToJsonString(), fake.InputLines[0]);
        Assert.Contains("\"prevResult\"", fake.InputLines[1], StringComparison.Ordinal);
    }

    [PluginFact]
    public void Its_answer_is_what_the_container_gets()
    {
        _ = new FakeIpam(_host, FakeIpam.Answer(Good));

        JsonObject result = _host.Add(Fake, _node);

        Assert.Equal(["10.87.1.20/24"], Kernel.Of(_node).Addresses("eth0"));
        Assert.Equal(["10.87.1.1/24"], Kernel.Of(_host).Addresses(Configurations.Bridge));
        Assert.Equal("""[{"interface":2,"address":"10.87.1.20/24","gateway":"10.87.1.1"}]""", result["ips"]!.ToJsonString());
        Assert.Equal("""{"nameservers":["192.0.2.53"]}""", result["dns"]!.ToJsonString());
    }

    [PluginTheory]
    [InlineData("""{"cniVersion":"0.2.0","ip4":{"ip":"10.87.1.20/24","gateway":"10.87.1.1","routes":[{"dst":"0.0.0.0/0"}]}}""")]
    [InlineData("""{"cniVersion":"0.4.0","ips":[{"version":"4","address":"10.87.1.20/24","gateway":"10.87.1.1"}],"routes":[{"dst":"0.0.0.0/0"}],"dns":{}}""")]
    [InlineData("""{"ips":[{"address":"10.87.1.20/24"}],"routes":[{"dst":"0.0.0.0/0"}]}""")]
    public void An_answer_of_any_version_will_do(string answer)
    {
        _ = new FakeIpam(_host, FakeIpam.Answer(answer));

        JsonObject result = _host.Add(Fake, _node);

        Assert.Equal("1.1.0", (string?)result["cniVersion"]);
        Assert.Equal("10.87.1.1", (string?)result["ips"]![0]!["gateway"]);
        Assert.Equal("10.87.1.1", (string?)Kernel.Of(_node).Route("default")["gateway"]);
    }

    [PluginTheory]
    [InlineData("echo '{\"code\":42,\"msg\":\"no more\",\"details\":\"of them\"}'; exit 1", 42, "no more: of them")]
    [InlineData("echo boom >&2; exit 3", 121, "exit status 3: boom")]
    [InlineData("exit 1", 121, "exit status 1: it printed nothing")]
    [InlineData("kill -9 $$", 121, "exit status 137")]
    [InlineData("echo this is no JSON; exit 1", 121, "this is no JSON")]
    [InlineData("echo this is no JSON", 122, "not valid JSON at line 1, byte 2: this is no JSON")]
    [InlineData("echo '[1]'", 122, "[1]")]
    [InlineData(":", 122, "cannot read the result of plugin fake-ipam")]
    [InlineData("echo null", 122, "IPAM plugin returned missing IP config")]
    [InlineData("echo '{}'", 122, "IPAM plugin returned missing IP config")]
    [InlineData("echo '{\"ips\":[{\"address\":\"10.87.1.300/24\"}]}'", 122, "10.87.1.300/24")]
    public void A_failed_ADD_is_reported_and_followed_by_DEL(string body, int code, string mention)
    {
        FakeIpam fake = new(_host, $"[ \"$CNI_COMMAND\" = DEL ] && exit 0\n{body}");
        HostSnapshot before = HostSnapshot.Of(_host);

        _host.Refused("ADD", Fake, _node).Expect(code, mention);

        Assert.Equal(["ADD", "DEL"], fake.Verbs);
        before.AssertUnchanged(_host);
    }

    [PluginFact]
    public void A_file_that_cannot_be_run_is_reported()
    {
        _ = new FakeIpam(_host, "exit 0");
        _host.Sandbox.Run("chmod", "644", $"{Sandbox.PluginDirectory}/{FakeIpam.Name}");

        _host.Refused("ADD", Fake, _node).Expect(121, $"cannot run {Sandbox.PluginDirectory}/{FakeIpam.Name}", "EACCES");
    }

    [PluginFact]
    public void What_it_says_on_stderr_is_passed_on()
    {
        _ = new FakeIpam(_host, "echo 'pool is nearly empty' >&2\n" + FakeIpam.Answer(Good));

        CommandResult result = _host.Call("ADD", Fake, _node).ExpectSuccess();

        Assert.Contains("pool is nearly empty", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("pool is nearly empty", result.Output, StringComparison.Ordinal);
    }

    [PluginFact]
    public void A_later_failure_gives_the_addresses_back()
    {
        FakeIpam fake = new(_host, FakeIpam.Answer("""{"ips":[{"address":"10.87.1.20/24","gateway":"10.87.1.1"}],"routes":[{"dst":"192.0.2.0/24","gw":"203.0.113.1"}]}"""));
        HostSnapshot before = HostSnapshot.Of(_host);

        _host.Refused("ADD", Fake, _node).Expect(107, "192.0.2.0/24", "203.0.113.1");

        Assert.Equal(["ADD", "DEL"], fake.Verbs);
        before.AssertUnchanged(_host);
    }

    [PluginFact]
    public void A_failed_DEL_is_reported_and_the_interface_is_gone_all_the_same()
    {
        _ = new FakeIpam(_host, "[ \"$CNI_COMMAND\" = DEL ] && { echo '{\"code\":77,\"msg\":\"cannot let go\"}'; exit 1; }\n" + FakeIpam.Answer(Good));
        _host.Add(Fake, _node);

        _host.Refused("DEL", Fake, _node).Expect(77, "cannot let go");

        Assert.DoesNotContain("eth0", Kernel.Of(_node).Links());
        Assert.Equal(["lo"], Kernel.Of(_host).Links());
    }

    [PluginFact]
    public void DEL_reaches_it_though_the_namespace_is_gone()
    {
        FakeIpam fake = new(_host, FakeIpam.Answer(Good));
        _host.Add(Fake, _node);

        new RawCall("DEL", Fake, _node).With("CNI_NETNS", "").Run(_host.Sandbox).ExpectSuccess();

        Assert.Equal(["ADD", "DEL"], fake.Verbs);
    }

    [PluginFact("host-local")]
    public void Busy_text_is_waited_for()
    {
        JsonObject configuration = Configurations.Delegated("""{"type":"busy-ipam","subnet":"10.87.1.0/24"}""", version: DebianVersion);
        string file = $"{Sandbox.PluginDirectory}/busy-ipam";
        _host.Sandbox.Run("cp", "/usr/lib/cni/host-local", file);
        using Background writer = _host.Sandbox.Start("sh", "-c", $"exec 9>>{file}; read line; echo open; sleep 1");
        Assert.Equal("open", writer.Exchange("go", TimeSpan.FromSeconds(10)));

        _host.Add(configuration, _node);

        Assert.Equal(["10.87.1.2/24"], Kernel.Of(_node).Addresses("eth0"));
    }

    [PluginFact("host-local")]
    public void Host_local_serves_and_is_asked_to_release()
    {
        JsonObject configuration = Configurations.Delegated("""{"type":"host-local","subnet":"10.87.1.0/24","routes":[{"dst":"0.0.0.0/0"}]}""", version: DebianVersion);

        JsonObject result = _host.Add(configuration, _node);
        Assert.Equal("c1\r\neth0", _host.Sandbox.Read("/var/lib/cni/networks/fn/10.87.1.2"));
        _host.Check(configuration, result, _node).ExpectSuccess();
        Assert.True(Traffic.From(_node).Pings(Configurations.Gateway));

        _host.Del(configuration, _node);
        Assert.False(File.Exists(_host.Sandbox.Outside("/var/lib/cni/networks/fn/10.87.1.2")));
    }

    [PluginFact("static")]
    public void Static_addresses_of_both_families_serve()
    {
        JsonObject configuration = Configurations.Delegated(
            """{"type":"static","addresses":[{"address":"10.87.1.20/24","gateway":"10.87.1.1"},{"address":"fd00:87::20/64"}],"routes":[{"dst":"0.0.0.0/0"}]}""",
            version: DebianVersion);

        JsonObject result = _host.Add(configuration, _node);

        Assert.Equal(["10.87.1.20/24", "fd00:87::20/64"], Kernel.Of(_node).Addresses("eth0"));
        Assert.Equal(["10.87.1.1/24", "fd00:87::1/64"], Kernel.Of(_host).Addresses(Configurations.Bridge));
        Assert.Equal("fd00:87::1", (string?)result["ips"]![1]!["gateway"]);
        _host.Check(configuration, result, _node).ExpectSuccess();
    }

    [PluginFact("host-local")]
    public void A_failed_CHECK_of_the_delegate_is_ours()
    {
        JsonObject configuration = Configurations.Delegated("""{"type":"host-local","subnet":"10.87.1.0/24"}""", version: DebianVersion);
        JsonObject result = _host.Add(configuration, _node);
        _host.Sandbox.Run("rm", "/var/lib/cni/networks/fn/10.87.1.2");

        PluginError error = PluginError.Of(_host.Check(configuration, result, _node));

        Assert.Contains("Failed to find address added by container c1", error.Text, StringComparison.Ordinal);
    }
}
