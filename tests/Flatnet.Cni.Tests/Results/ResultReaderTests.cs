using Flatnet.Cni.Protocol;
using Flatnet.Cni.Results;
using Flatnet.Ipam;

namespace Flatnet.Cni.Tests.Results;

public sealed class ResultReaderTests
{
    [Theory]
    [InlineData("1.1.0", "1.0.0", true)]
    [InlineData("1.0.0", "1.1.0", true)]
    [InlineData("0.4.0", "0.3.1", true)]
    [InlineData("0.2.0", "0.1.0", true)]
    [InlineData("1.0.0", "0.4.0", false)]
    [InlineData("0.3.1", "0.2.0", false)]
    [InlineData("1.0.0", "2.0.0", false)]
    public void Versions_mix_only_within_a_result_type(string configuration, string result, bool fits)
    {
        CniException? error = Record.Exception(() => ResultReader.ReadPrevious(Json.Config($$"""{"cniVersion":"{{result}}"}"""), configuration)) as CniException;

        Assert.Equal(fits, error is null);
        Assert.True(fits || error!.Code == 6);
    }

    [Fact]
    public void Missing_version_is_the_configurations() =>
        Assert.Equal("10.0.0.5/24", ResultReader.ReadPrevious(Json.Config("""{"ips":[{"address":"10.0.0.5/24"}]}"""), "1.0.0").Addresses[0].Cidr);

    [Theory]
    [InlineData("""{"ips":[{"address":"10.0.0.5"}]}""", "ips[0].address")]
    [InlineData("""{"ips":[{"address":"10.0.0.5/24","gateway":"x"}]}""", "ips[0].gateway")]
    [InlineData("""{"ips":5}""", "ips")]
    [InlineData("""{"interfaces":["x"]}""", "interfaces[0]")]
    [InlineData("""{"routes":[{"dst":"x"}]}""", "routes[0]")]
    public void Faults_name_their_place(string json, string place) =>
        Assert.Contains(place, Assert.Throws<ConfigException>(() => ResultReader.Read(Json.Config(json))).Message, StringComparison.Ordinal);
}
