using System.Text.Json.Nodes;

namespace Flatnet.Plugin.Tests.Log;

/// <summary>One line of JSON per call; warnings go to standard error; a log that cannot be written fails nothing.</summary>
public sealed class CallLogTests : IDisposable
{
    private const string DefaultFile = "/var/log/flatnet/cni.log";

    private readonly Host _host = new();
    private readonly Node _node;

    public CallLogTests()
    {
        _node = _host.AddContainer();
    }

    public void Dispose()
    {
        _host.Dispose();
    }

    [PluginFact]
    public void A_good_call_has_one_line_with_its_fields()
    {
        _host.Add(Configurations.DualStack(), _node, arguments: "IgnoreUnknown=1;K8S_POD_NAME=web");

        JsonObject line = Assert.Single(Lines());
        Assert.Equal(
            ["time", "level", "event", "message", "command", "network", "ifname", "addresses", "containerId", "name", "microseconds"], line.Select(field => field.Key));
        Assert.Equal("info", (string?)line["level"]);
        Assert.Equal("ADD fn eth0", (string?)line["message"]);
        Assert.Equal("ADD", (string?)line["command"]);
        Assert.Equal("fn", (string?)line["network"]);
        Assert.Equal("eth0", (string?)line["ifname"]);
        Assert.Equal("10.87.1.2/24,fd00:87::2/64", (string?)line["addresses"]);
        Assert.Equal("c1", (string?)line["containerId"]);
        Assert.Equal("web", (string?)line["name"]);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$", (string)line["time"]!);
        Assert.True((int)line["microseconds"]! > 0);
    }

    [PluginFact]
    public void A_failed_call_has_one_line_with_error_and_code()
    {
        _host.Refused("ADD", Configurations.IPv4("""{"vlan":4095}"""), _node);

        JsonObject line = Assert.Single(Lines());
        Assert.Equal("error", (string?)line["level"]);
        Assert.Equal(7, (int?)line["code"]);
        Assert.Contains("4095", (string)line["error"]!, StringComparison.Ordinal);
        Assert.Equal("ADD", (string?)line["command"]);
        Assert.Equal("c1", (string?)line["containerId"]);
    }

    [PluginFact]
    public void Each_call_has_its_line_and_VERSION_has_none()
    {
        JsonObject configuration = Configurations.IPv4();
        JsonObject result = _host.Add(configuration, _node);
        _host.Check(configuration, result, _node).ExpectSuccess();
        _host.Del(configuration, _node);
        _host.Call("STATUS", configuration).ExpectSuccess();
        _host.Call("VERSION", configuration).ExpectSuccess();
        _host.Call("GC", configuration.With("cni.dev/valid-attachments", "[]")).ExpectSuccess();

        Assert.Equal(["ADD", "CHECK", "DEL", "STATUS", "GC"], Lines().Select(line => (string)line["command"]!));
    }

    [PluginFact]
    public void Warnings_go_to_standard_error_and_into_the_line()
    {
        CommandResult result = _host.Call("GC", Configurations.IPv4()).ExpectSuccess();

        Assert.Equal("", result.Output);
        Assert.StartsWith("flatnet: warning: ", result.Error, StringComparison.Ordinal);
        JsonObject line = Assert.Single(Lines());
        Assert.Equal("warning", (string?)line["level"]);
        Assert.Single(line["warnings"]!.AsArray());
    }

    [PluginFact]
    public void Even_an_unreadable_call_has_its_line()
    {
        PluginError.Of(new RawCall("ADD", Configurations.IPv4(), _node) { Input = "{" }.Run(_host.Sandbox));
        PluginError.Of(new RawCall("ADD", Configurations.IPv4(), null).Run(_host.Sandbox));

        Assert.Equal([6, 4], Lines().Select(line => (int)line["code"]!));
    }

    [PluginFact]
    public void A_line_break_in_the_input_does_not_break_the_line()
    {
        PluginError.Of(new RawCall("ADD", Configurations.IPv4(), _node).With("CNI_IFNAME", "a\n{\"b\":1}").Run(_host.Sandbox));

        Assert.Single(Lines());
    }

    [PluginFact]
    public void The_file_can_be_chosen()
    {
        _host.Add(Configurations.IPv4("""{"logFile":"/var/log/mine/flat.log"}"""), _node);

        Assert.Single(Lines("/var/log/mine/flat.log"));
        Assert.False(File.Exists(_host.Sandbox.Outside(DefaultFile)));
    }

    [PluginTheory]
    [InlineData("mkdir -p /var/log/flatnet; echo precious >/tmp/precious; ln -s /tmp/precious /var/log/flatnet/cni.log")]
    [InlineData("mkdir -p /var/log/flatnet; ln -s /tmp/new-file /var/log/flatnet/cni.log")]
    public void A_symbolic_link_is_not_followed(string script)
    {
        _host.Sandbox.Shell(script);

        _host.Add(Configurations.IPv4(), _node);

        Assert.True(!File.Exists(_host.Sandbox.Outside("/tmp/precious")) || _host.Sandbox.Read("/tmp/precious") == "precious\n");
        Assert.False(File.Exists(_host.Sandbox.Outside("/tmp/new-file")));
    }

    [PluginTheory]
    [InlineData("mount -t tmpfs -o ro tmpfs /var/log")]
    [InlineData("echo a file >/var/log/flatnet")]
    [InlineData("mkdir -p /var/log/flatnet/cni.log")]
    [InlineData("mkdir -p /var/log/flatnet; mkfifo /var/log/flatnet/cni.log")]
    public void A_log_that_cannot_be_written_fails_no_call(string script)
    {
        _host.Sandbox.Shell(script);

        JsonObject result = _host.Add(Configurations.IPv4(), _node);

        Assert.Equal("10.87.1.2/24", (string?)result["ips"]![0]!["address"]);
    }

    [PluginFact]
    public void A_big_file_is_moved_aside()
    {
        _host.Sandbox.Shell($"mkdir -p /var/log/flatnet; head -c 8388600 /dev/zero >{DefaultFile}");

        _host.Add(Configurations.IPv4(), _node);
        _host.Del(Configurations.IPv4(), _node);

        Assert.True(new FileInfo(_host.Sandbox.Outside(DefaultFile + ".1")).Length > 8388600);
        Assert.Equal(["DEL"], Lines().Select(line => (string)line["command"]!));
    }

    private IReadOnlyList<JsonObject> Lines(string file = DefaultFile)
    {
        return [.. _host.Sandbox.Read(file).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
    }
}
