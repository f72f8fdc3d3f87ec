using Flatnet.Cni.Attachments;
using Flatnet.Ipam;

namespace Flatnet.Cni.Tests.Attachments;

public sealed class ValidAttachmentsTests
{
    [Theory]
    [InlineData("""{"cni.dev/valid-attachments":[{"containerID":"a","ifname":"eth0"}]}""", 1)]
    [InlineData("""{"cni.dev/attachments":[{"containerID":"a","ifname":"eth0"}]}""", 1)]
    [InlineData("""{"cni.dev/valid-attachments":[],"cni.dev/attachments":[{"containerID":"a","ifname":"eth0"}]}""", 0)]
    [InlineData("""{"cni.dev/valid-attachments":[]}""", 0)]
    [InlineData("{}", null)]
    [InlineData("""{"cni.dev/valid-attachments":null}""", null)]
    public void Empty_means_nothing_and_missing_means_unknown(string json, int? count) => Assert.Equal(count, ValidAttachments.Read(Json.Config(json))?.Count);

    [Theory]
    [InlineData("""{"cni.dev/valid-attachments":[{"ifname":"eth0"}]}""")]
    [InlineData("""{"cni.dev/valid-attachments":["a"]}""")]
    [InlineData("""{"cni.dev/valid-attachments":{}}""")]
    public void Malformed_entries_are_refused_rather_than_freed(string json) =>
        Assert.Contains("cni.dev/valid-attachments", Assert.Throws<ConfigException>(() => ValidAttachments.Read(Json.Config(json))).Message, StringComparison.Ordinal);
}
