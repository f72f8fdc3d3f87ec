using System.Text.Json;
using Flatnet.Podman;

namespace Flatnet.Cli.Tests.Ps;

public sealed class AbsenceTests
{
    private static readonly EngineException Absent = new(EngineFailure.Absent, "Podman was not found", "");

    private static readonly EngineException Denied = new(
        EngineFailure.Denied, "permission denied on Podman's socket /run/podman/podman.sock", "Use sudo, or: systemctl --user start podman.socket");

    [Theory]
    [InlineData()]
    [InlineData("-q")]
    [InlineData("--watch")]
    [InlineData("--format", "{{.Name}}")]
    public async Task Without_podman_it_ends_with_1_and_says_what_to_do(params string[] arguments)
    {
        using var line = new PsLine { ConnectFailure = Absent };

        Assert.Equal(1, await line.RunAsync(arguments));

        Assert.Equal("Podman was not found", line.Problem!.Message);
        Assert.Equal("Make sure Podman is installed and running.", line.Problem.Advice);
        Assert.Empty(line.Out);
    }

    [Fact]
    public async Task The_engines_own_advice_is_kept()
    {
        using var line = new PsLine { ConnectFailure = new EngineException(EngineFailure.Absent, "nobody listens", "Start it with: systemctl start podman.socket") };

        await line.RunAsync();

        Assert.Equal("Make sure Podman is installed and running.\nStart it with: systemctl start podman.socket", line.Problem!.Advice);
    }

    [Fact]
    public async Task A_socket_that_may_not_be_opened_is_named_with_its_cure()
    {
        using var line = new PsLine { ConnectFailure = Denied };

        Assert.Equal(1, await line.RunAsync());

        Assert.Equal(Denied.Message, line.Problem!.Message);
        Assert.Equal(Denied.Advice, line.Problem.Advice);
    }

    [Theory]
    [InlineData(EngineFailure.Absent, "podman_absent")]
    [InlineData(EngineFailure.Denied, "podman_denied")]
    [InlineData(EngineFailure.Timeout, "podman_timeout")]
    [InlineData(EngineFailure.Refused, "podman_refused")]
    public async Task With_json_the_error_is_a_document_too(EngineFailure failure, string code)
    {
        using var line = new PsLine();
        line.Engine.Failure = new EngineException(failure, "it \"said\" no", "advice");

        Assert.Equal(1, await line.RunAsync("--json"));

        JsonElement error = line.Json.GetProperty("error");
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Equal("it \"said\" no", error.GetProperty("message").GetString());
        Assert.Equal("it \"said\" no", line.Problem!.Message);
    }

    [Fact]
    public async Task A_filter_that_the_engine_refuses_is_an_error()
    {
        using var line = new PsLine();
        line.Engine.Failure = new EngineException(EngineFailure.Refused, "refused: pod is an invalid filter", "");

        Assert.Equal(1, await line.RunAsync("-f", "pod=office"));

        Assert.Contains("invalid filter", line.Problem!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"version\":1,\"leases\":[{\"ip\"", "does not parse")]
    [InlineData("", "the file is empty")]
    [InlineData("{\"version\":7}", "format version 7")]
    public async Task A_broken_lease_file_is_a_warning(string content, string reason)
    {
        using var line = new PsLine();
        line.Write("/var/lib/cni/flatnet/ipam.json", content);

        Assert.Equal(0, await line.RunAsync());

        Assert.StartsWith("Warning: cannot read the leases: ", line.Error, StringComparison.Ordinal);
        Assert.Contains(reason, line.Error, StringComparison.Ordinal);
        Assert.Contains("nginx", line.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-q")]
    [InlineData("--json")]
    public async Task Quiet_and_json_say_nothing_on_standard_error(string option)
    {
        using var line = new PsLine();
        line.Write("/var/lib/cni/flatnet/ipam.json", "broken");

        Assert.Equal(0, await line.RunAsync(option, "-f", "flatnet=true"));

        Assert.Empty(line.Error);
    }

    [Fact]
    public async Task A_lease_file_that_cannot_be_read_is_an_error_of_its_source()
    {
        using var line = new PsLine();
        Directory.CreateDirectory(line.Root + "/var/lib/cni/flatnet/ipam.json");

        Assert.Equal(0, await line.RunAsync("--json"));

        Assert.Equal("error", line.Json.GetProperty("sources").GetProperty("ipam").GetString());
        Assert.Contains("not a regular file", line.Json.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_is_not_there_is_one_warning()
    {
        using var line = new PsLine();
        line.Environment["FLATNET_GATEWAY_URL"] = "http://127.0.0.1:1/";

        Assert.Equal(0, await line.RunAsync());

        Assert.StartsWith("Warning: cannot read the registry of the gateway at http://127.0.0.1:1: ", line.Error, StringComparison.Ordinal);
        Assert.Equal(1, line.Error.Count(c => c == '\n'));
        Assert.Contains("nginx", line.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_is_not_there_is_an_error_of_its_source()
    {
        using var line = new PsLine();
        line.Environment["FLATNET_GATEWAY_URL"] = "http://127.0.0.1:1";

        Assert.Equal(0, await line.RunAsync("--json"));

        Assert.Equal("error", line.Json.GetProperty("sources").GetProperty("registry").GetString());
        Assert.Single(line.Json.GetProperty("warnings").EnumerateArray());
    }
}
