using System.Text;
using Flatnet.Cni.Protocol;

namespace Flatnet.Cni.Tests.Protocol;

public sealed class CniRequestReaderTests
{
    private static CniRequest Read(string json, CniCommand command = CniCommand.Add, string text = "ADD") =>
        CniRequestReader.Read(new Invocation { Command = command, CommandText = text }, Encoding.UTF8.GetBytes(json));

    private static CniException Refused(string json, CniCommand command = CniCommand.Add, string text = "ADD") =>
        Assert.Throws<CniException>(() => Read(json, command, text));

    [Fact]
    public void Keys_match_whatever_their_case_and_the_last_wins()
    {
        CniRequest request = Read("""{"NAME":"a","Name":"b","CNIVersion":"1.0.0"}""");

        Assert.Equal(("b", "1.0.0"), (request.Network, request.Version));
    }

    [Theory]
    [InlineData("""{"name":"a"}""")]
    [InlineData("""{"name":"a","cniVersion":""}""")]
    [InlineData("""{"name":"a","cniVersion":null}""")]
    public void Absent_version_is_the_oldest(string json) => Assert.Equal("0.1.0", Read(json).Version);

    [Theory]
    [InlineData("", 6, "error unmarshall network config: ")]
    [InlineData("{", 6, "error unmarshall network config: ")]
    [InlineData("[]", 6, "error unmarshall network config: it is a JSON Array")]
    [InlineData("null", 6, "error unmarshall network config: it is a JSON Null")]
    [InlineData("""{"name":3}""", 6, "error unmarshall network config: name: expected a string, got 3")]
    [InlineData("""{"cniVersion":"1.0.0"}""", 7, "missing network name")]
    [InlineData("""{"name":""}""", 7, "missing network name")]
    [InlineData("""{"name":"a/b"}""", 7, "invalid characters found in network name")]
    [InlineData("""{"name":"..","cniVersion":"9.9.9"}""", 7, "invalid characters found in network name")]
    [InlineData("""{"name":"a","cniVersion":"9.9.9"}""", 1, "incompatible CNI versions")]
    [InlineData("""{"name":"a","cniVersion":"1.0"}""", 1, "incompatible CNI versions")]
    public void Faults_in_the_order_of_the_library(string json, int code, string message)
    {
        CniException error = Refused(json);

        Assert.Equal(code, error.Code);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Supported_versions_are_named() => Assert.Equal(
        """config is "9.9.9", plugin supports ["0.1.0" "0.2.0" "0.3.0" "0.3.1" "0.4.0" "1.0.0" "1.1.0"]""", Refused("""{"name":"a","cniVersion":"9.9.9"}""").Details);

    [Fact]
    public void Unknown_command_comes_after_the_name_and_before_the_version()
    {
        Assert.Equal(6, Refused("{", CniCommand.Unknown, "FOO").Code);
        CniException error = Refused("""{"name":"a","cniVersion":"9.9.9"}""", CniCommand.Unknown, "FOO");

        Assert.Equal((4, "unknown CNI_COMMAND: FOO"), (error.Code, error.Message));
    }

    [Theory]
    [InlineData("CHECK", "0.3.1", 1)]
    [InlineData("GC", "1.0.0", 1)]
    [InlineData("STATUS", "0.4.0", 1)]
    [InlineData("GC", "one", 6)]
    [InlineData("CHECK", "1.0.0.0", 6)]
    public void Commands_newer_than_the_version(string command, string version, int code) =>
        Assert.Equal(code, Refused($$"""{"name":"a","cniVersion":"{{version}}"}""", Enum.Parse<CniCommand>(command, ignoreCase: true), command).Code);
}
