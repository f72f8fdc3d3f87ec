using Flatnet.Cli.Doctor;
using Flatnet.Cli.Doctor.Checks;
using Flatnet.Podman;

namespace Flatnet.Cli.Tests.Doctor.Checks;

public sealed class PluginCheckTests : IDisposable
{
    private const string Directory = "/etc/cni/net.d";

    private readonly DoctorFixture _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task The_plugin_is_found_in_Podmans_directories()
    {
        await _machine.ExpectAsync(new PluginInstalledCheck(), CheckStatus.Pass, "/opt/cni/bin/flatnet is there");
    }

    [Theory]
    [InlineData("/etc/containers/containers.conf", null)]
    [InlineData("/srv/own.conf", "/srv/own.conf")]
    public async Task The_plugin_is_looked_for_where_containers_conf_says(string file, string? variable)
    {
        _machine.Root.Write(file, "[network]\n# cni_plugin_dirs = [\"/x\"]\ncni_plugin_dirs = [\n  \"/usr/lib/cni\",\n  \"/srv/cni\"\n]\n");
        if (variable is not null)
        {
            _machine.Root.Set("CONTAINERS_CONF", variable);
        }

        await _machine.ExpectAsync(
            new PluginInstalledCheck(), CheckStatus.Fail, "the plugin \"flatnet\" is in none of Podman's plugin directories: /usr/lib/cni, /srv/cni", "sudo flatnet setup");
    }

    [Fact]
    public async Task A_plugin_that_may_not_be_run_is_a_failure()
    {
        _machine.Root.Write("/usr/lib/cni/flatnet", "");

        await _machine.ExpectAsync(new PluginInstalledCheck(), CheckStatus.Fail, "/usr/lib/cni/flatnet is not executable", "sudo chmod 755 /usr/lib/cni/flatnet");
    }

    [Fact]
    public async Task The_network_is_configured()
    {
        await _machine.ExpectAsync(new NetworkConfiguredCheck(), CheckStatus.Pass, $"{Directory}/flatnet.conflist is complete");
    }

    [Fact]
    public async Task No_configuration_is_a_failure()
    {
        File.Delete(_machine.Root.Path + Directory + "/flatnet.conflist");

        await _machine.ExpectAsync(
            new NetworkConfiguredCheck(), CheckStatus.Fail, $"no file in {Directory} describes the network \"flatnet\"", "sudo flatnet setup");
    }

    [Fact]
    public async Task A_configuration_that_does_not_parse_is_a_failure()
    {
        _machine.Root.Write(Directory + "/flatnet.conflist", "{\n oops");

        await _machine.ExpectAsync(
            new NetworkConfiguredCheck(),
            CheckStatus.Fail,
            $"the network \"flatnet\" is not installed, and {Directory}/flatnet.conflist cannot be used: is not JSON (line 2, column 2)",
            "sudoedit");
    }

    [Fact]
    public async Task Podman_ignores_a_file_of_a_single_plugin()
    {
        File.Delete(_machine.Root.Path + Directory + "/flatnet.conflist");
        _machine.Root.Write(Directory + "/flatnet.conf", """{ "name": "flatnet", "type": "flatnet" }""");

        await _machine.ExpectAsync(new NetworkConfiguredCheck(), CheckStatus.Fail, $"{Directory}/flatnet.conf holds a single plugin, which Podman ignores", ".conflist");
    }

    [Fact]
    public async Task A_network_of_other_plugins_is_a_warning()
    {
        _machine.Root.Write(Directory + "/flatnet.conflist", """{ "name": "flatnet", "plugins": [{ "type": "bridge" }] }""");

        await _machine.ExpectAsync(
            new NetworkConfiguredCheck(), CheckStatus.Warning, $"the network \"flatnet\" is not Flatnet's: {Directory}/flatnet.conflist names bridge", "FLATNET_NETWORK");
    }

    [Theory]
    [InlineData("flatnet-ipam", "flatnet-ipam", "sudo flatnet setup")]
    [InlineData("flatnet", "host-local", "containernetworking-plugins")]
    public async Task Plugins_that_are_missing_are_a_failure(string remove, string missing, string cure)
    {
        File.Delete(_machine.Root.Path + "/opt/cni/bin/flatnet-ipam");
        if (remove == "flatnet")
        {
            _machine.Root.Write(Directory + "/flatnet.conflist", DoctorFixture.Conflist.Replace("flatnet-ipam", "host-local", StringComparison.Ordinal));
        }

        await _machine.ExpectAsync(
            new NetworkConfiguredCheck(),
            CheckStatus.Fail,
            $"{Directory}/flatnet.conflist names plugins that are in none of Podman's plugin directories: {missing}",
            cure);
    }

    [Fact]
    public async Task Another_file_that_is_broken_is_a_warning()
    {
        _machine.Root.Write(Directory + "/99-other.conflist", "[]");

        await _machine.ExpectAsync(
            new NetworkConfiguredCheck(), CheckStatus.Warning, $"{Directory}/99-other.conflist cannot be used: configuration: expected an object, got []", "sudoedit");
    }

    [Fact]
    public async Task Podman_lists_the_network()
    {
        await _machine.ExpectAsync(new NetworkBackendCheck(), CheckStatus.Pass, "Podman lists the network \"flatnet\"");
    }

    [Fact]
    public async Task A_network_that_Podman_does_not_list_is_a_failure()
    {
        _machine.Processes.On("podman network ls --format json", """[{ "Name": "podman" }]""");

        await _machine.ExpectAsync(new NetworkBackendCheck(), CheckStatus.Fail, "Podman does not list the network \"flatnet\"", "podman --log-level=debug network inspect flatnet");
    }

    [Fact]
    public async Task Netavark_does_not_read_the_list()
    {
        _machine.Processes.On("podman info --format json", """{ "host": { "networkBackend": "netavark" } }""");

        await _machine.ExpectAsync(
            new NetworkBackendCheck(),
            CheckStatus.Warning,
            $"Podman's network backend is netavark: it does not read {Directory}, so the network \"flatnet\" is not used",
            "network_backend = \"cni\"");
    }

    [Fact]
    public async Task A_podman_that_refuses_is_not_this_checks_finding()
    {
        _machine.Processes.On("podman info --format json", "", 125, "no runtime");

        await _machine.ExpectAsync(new NetworkBackendCheck(), CheckStatus.Pass, "not checked: podman info --format json failed: no runtime");
    }

    [Fact]
    public async Task Podman_is_reachable()
    {
        await _machine.ExpectAsync(new PodmanCheck(), CheckStatus.Pass, "Podman 4.3.1 by unix:///run/podman/podman.sock");
    }

    [Fact]
    public async Task An_old_Podman_is_a_warning()
    {
        _machine.Engine.Version = "3.4.4-rhel";

        await _machine.ExpectAsync(new PodmanCheck(), CheckStatus.Warning, "Podman 3.4.4-rhel is older than 4.0", "sudo apt install podman");
    }

    [Fact]
    public async Task No_Podman_is_a_failure_with_its_own_advice()
    {
        _machine.EngineFailure = new EngineException(EngineFailure.Denied, "may not open the socket", "Join the group podman.");

        await _machine.ExpectAsync(new PodmanCheck(), CheckStatus.Fail, "may not open the socket", "Join the group podman.");
    }
}
