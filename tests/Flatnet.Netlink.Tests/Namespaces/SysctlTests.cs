namespace Flatnet.Netlink.Tests.Namespaces;

public sealed class SysctlTests
{
    [Fact]
    public void ReadsWithoutTheLineEnd() => Assert.Equal("Linux", Sysctl.Read("kernel/ostype"));

    [Fact]
    public void MissingSettingIsNull()
    {
        Assert.Null(Sysctl.Read("net/ipv4/conf/no-such-link/forwarding"));
        Assert.False(Sysctl.TryWrite("net/ipv4/conf/no-such-link/forwarding", "1"));
        SysctlException error = Assert.Throws<SysctlException>(() => Sysctl.Write("net/ipv4/conf/no-such-link/forwarding", "1"));
        Assert.Equal((KernelError.ENOENT, "1"), (error.Errno, error.Value));
        Assert.Equal("set sysctl net/ipv4/conf/no-such-link/forwarding to 1: No such file or directory (ENOENT)", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("net/../../../etc/passwd")]
    [InlineData("net//ipv4")]
    [InlineData("net/ipv4/")]
    [InlineData("net/./ipv4")]
    [InlineData("..")]
    [InlineData("net/ipv4\0/x")]
    public void KeyThatLeavesTheTreeIsRefused(string key)
    {
        Assert.Throws<ArgumentException>(() => Sysctl.Read(key));
        Assert.Throws<ArgumentException>(() => Sysctl.Write(key, "1"));
        Assert.Throws<ArgumentException>(() => Sysctl.TryWrite(key, "1"));
    }

    [Fact]
    public void DirectoryIsAnErrorNotAValue() => Assert.Throws<SysctlException>(() => Sysctl.Read("net/ipv4"));
}
