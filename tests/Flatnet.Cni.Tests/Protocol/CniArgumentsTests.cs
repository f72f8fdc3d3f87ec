using Flatnet.Cni.Protocol;

namespace Flatnet.Cni.Tests.Protocol;

public sealed class CniArgumentsTests
{
    [Fact]
    public void Podmans_text()
    {
        CniArguments arguments = CniArguments.Parse("IgnoreUnknown=1;K8S_POD_NAME=t1;MAC=02:aa:bb:cc:dd:01;IP=10.77.0.55");

        Assert.Equal(("t1", "02:aa:bb:cc:dd:01", "10.77.0.55"), (arguments.ContainerName, arguments.Mac, arguments.Ip));
    }

    [Fact]
    public void Kubernetes_namespace_is_part_of_the_name() =>
        Assert.Equal("ns/pod", CniArguments.Parse("K8S_POD_NAMESPACE=ns;IgnoreUnknown=1;K8S_POD_NAME=pod;K8S_POD_INFRA_CONTAINER_ID=x").ContainerName);

    [Theory]
    [InlineData("MAC=a;FOO=b;IgnoreUnknown=true")]
    [InlineData("IgnoreUnknown=TRUE;FOO=b;MAC=a")]
    [InlineData("FOO=b;IgnoreUnknown=1;MAC=a")]
    public void Unknown_keys_are_ignored_when_told_so_anywhere(string text) => Assert.Equal("a", CniArguments.Parse(text).Mac);

    [Theory]
    [InlineData("FOO=b", "CNI_ARGS: unknown args [\"FOO=b\"]")]
    [InlineData("IgnoreUnknown=0;A=1;B=2", "CNI_ARGS: unknown args [\"A=1\" \"B=2\"]")]
    [InlineData("mac=a", "CNI_ARGS: unknown args [\"mac=a\"]")]
    [InlineData("MAC", "CNI_ARGS: invalid pair \"MAC\"")]
    [InlineData("MAC=a=b", "CNI_ARGS: invalid pair \"MAC=a=b\"")]
    [InlineData("MAC=a;", "CNI_ARGS: invalid pair \"\"")]
    [InlineData("IgnoreUnknown=yes", "CNI_ARGS: IgnoreUnknown=\"yes\" is not a boolean")]
    public void Malformed_text_is_refused(string text, string message)
    {
        CniException error = Assert.Throws<CniException>(() => CniArguments.Parse(text));

        Assert.Equal((4, message), (error.Code, error.Message));
    }
}
