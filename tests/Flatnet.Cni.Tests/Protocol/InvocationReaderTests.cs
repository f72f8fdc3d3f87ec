using Flatnet.Cni.Protocol;

namespace Flatnet.Cni.Tests.Protocol;

public sealed class InvocationReaderTests
{
    private static Invocation Read(params string[] variables)
    {
        var all = new Dictionary<string, string>();
        foreach (string variable in variables)
        {
            string[] parts = variable.Split('=', 2);
            all[parts[0]] = parts[1];
        }

        return InvocationReader.Read(all.GetValueOrDefault);
    }

    private static CniException Refused(params string[] variables) => Assert.Throws<CniException>(() => Read(variables));

    [Fact]
    public void Complete_environment_is_taken_over_verbatim()
    {
        Invocation invocation = Read(
            "CNI_COMMAND=ADD", "CNI_CONTAINERID=a.b-c_1", "CNI_NETNS=/run/netns/x", "CNI_IFNAME=eth0", "CNI_PATH=/a:/b", "CNI_ARGS=MAC=x", "CNI_NETNS_OVERRIDE=TRUE");

        Assert.Equal(CniCommand.Add, invocation.Command);
        Assert.Equal(("a.b-c_1", "/run/netns/x", "eth0", "/a:/b", "MAC=x"), (invocation.ContainerId, invocation.NamespacePath, invocation.InterfaceName, invocation.Path, invocation.Arguments));
        Assert.True(invocation.AllowsOwnNamespace);
    }

    [Theory]
    [InlineData("ADD", "CNI_CONTAINERID,CNI_NETNS,CNI_IFNAME,CNI_PATH")]
    [InlineData("CHECK", "CNI_CONTAINERID,CNI_NETNS,CNI_IFNAME,CNI_PATH")]
    [InlineData("DEL", "CNI_CONTAINERID,CNI_IFNAME,CNI_PATH")]
    [InlineData("GC", "CNI_PATH")]
    [InlineData("STATUS", "CNI_PATH")]
    public void Missing_variables_are_reported_together(string command, string names)
    {
        CniException error = Refused($"CNI_COMMAND={command}", "CNI_NETNS=", "CNI_PATH=");

        Assert.Equal(4, error.Code);
        Assert.Equal($"required env variables [{names}] missing", error.Message);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("VERSION", 2)]
    [InlineData("add", 1)]
    [InlineData("ADD ", 1)]
    public void Commands_that_need_nothing_else(string command, int expected) => Assert.Equal(expected, (int)Read($"CNI_COMMAND={command}").Command);

    [Theory]
    [InlineData("-a")]
    [InlineData("a/b")]
    [InlineData("a\n")]
    [InlineData("ä")]
    [InlineData("../x")]
    public void Malformed_container_id_is_reported_before_anything_missing(string id)
    {
        CniException error = Refused("CNI_COMMAND=ADD", $"CNI_CONTAINERID={id}");

        Assert.Equal((4, "invalid characters in containerID"), (error.Code, error.Message));
        Assert.Contains(id, error.Details, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0123456789012345", "interface name is too long")]
    [InlineData("ääääääää", "interface name is too long")]
    [InlineData(".", "interface name is . or ..")]
    [InlineData("..", "interface name is . or ..")]
    [InlineData("a/b", "interface name contains / or : or whitespace characters")]
    [InlineData("a:b", "interface name contains / or : or whitespace characters")]
    [InlineData("a b", "interface name contains / or : or whitespace characters")]
    [InlineData("eth0\n", "interface name contains / or : or whitespace characters")]
    public void Malformed_interface_name(string name, string message)
    {
        CniException error = Refused("CNI_COMMAND=DEL", "CNI_CONTAINERID=a", $"CNI_IFNAME={name}", "CNI_PATH=/");

        Assert.Equal((4, message), (error.Code, error.Message));
        Assert.Contains(name, error.Details, StringComparison.Ordinal);
    }

    [Fact]
    public void Fifteen_bytes_are_not_too_long() =>
        Assert.Equal("012345678901234", Read("CNI_COMMAND=DEL", "CNI_CONTAINERID=a", "CNI_IFNAME=012345678901234", "CNI_PATH=/").InterfaceName);
}
