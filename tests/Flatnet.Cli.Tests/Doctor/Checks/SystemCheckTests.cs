using System.IO.Compression;
using System.Text;
using Flatnet.Cli.Doctor;
using Flatnet.Cli.Doctor.Checks;
using Flatnet.Cli.Doctor.Probes;
using Flatnet.Podman;

namespace Flatnet.Cli.Tests.Doctor.Checks;

public sealed class SystemCheckTests : IDisposable
{
    private const string Complete = "network namespaces, bridge, veth and nf_tables are there";

    private readonly DoctorFixture _machine = new();

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData(79, nameof(CheckStatus.Pass))]
    [InlineData(80, nameof(CheckStatus.Warning))]
    [InlineData(94, nameof(CheckStatus.Warning))]
    [InlineData(95, nameof(CheckStatus.Fail))]
    public async Task A_disk_is_nearly_full_at_80_and_full_at_95_percent(int percent, string expected)
    {
        _machine.Disk = new DiskUse(100L << 20, (100L - percent) << 20);

        await _machine.ExpectAsync(DiskCheck.Root(), expected, $"/ is {percent}% full, {100 - percent} MiB free", "sudo du -xhd1 / | sort -h");
    }

    [Fact]
    public async Task A_disk_that_cannot_be_measured_is_a_warning()
    {
        _machine.Disk = null;

        await _machine.ExpectAsync(DiskCheck.Root(), CheckStatus.Warning, "the file system of / cannot be measured", "df -h /");
    }

    [Fact]
    public async Task Podmans_storage_is_where_Podman_says()
    {
        await _machine.ExpectAsync(DiskCheck.GraphRoot(), CheckStatus.Pass, "/srv/podman is 40% full, 61440 MiB free");

        _machine.Disk = new DiskUse(100, 1);
        await _machine.ExpectAsync(DiskCheck.GraphRoot(), CheckStatus.Fail, "/srv/podman is 99% full, 0 MiB free", "podman system prune");

        _machine.EngineFailure = new EngineException(EngineFailure.Absent, "no Podman", "");
        await _machine.ExpectAsync(DiskCheck.GraphRoot(), CheckStatus.Pass, "not checked: Podman does not tell where");
    }

    [Fact]
    public async Task The_lease_store_is_measured_where_it_will_be()
    {
        await _machine.ExpectAsync(DiskCheck.Leases(), CheckStatus.Pass, "/var is 40% full, 61440 MiB free");

        _machine.Acquire("web", lives: true);
        await _machine.ExpectAsync(DiskCheck.Leases(), CheckStatus.Pass, "/var/lib/cni is 40% full, 61440 MiB free");
    }

    [Fact]
    public async Task The_kernel_has_what_is_needed()
    {
        await _machine.ExpectAsync(new KernelFeaturesCheck(), CheckStatus.Pass, Complete);
    }

    [Fact]
    public async Task A_kernel_without_namespaces_is_a_failure()
    {
        File.Delete(_machine.Root.Path + "/proc/self/ns/net");

        await _machine.ExpectAsync(new KernelFeaturesCheck(), CheckStatus.Fail, "the kernel has no network namespaces", "CONFIG_NET_NS");
    }

    [Fact]
    public async Task A_kernel_that_says_no_is_a_failure_and_one_that_says_nothing_a_warning()
    {
        Directory.Delete(_machine.Root.Path + "/sys/module/veth");
        await _machine.ExpectAsync(new KernelFeaturesCheck(), CheckStatus.Warning, "the kernel does not show whether it has veth", "sudo modprobe veth");

        WriteConfiguration("CONFIG_BRIDGE=y\n# CONFIG_VETH is not set\n");
        await _machine.ExpectAsync(new KernelFeaturesCheck(), CheckStatus.Fail, "the kernel is built without veth (CONFIG_VETH)", "wsl --update");
    }

    [Fact]
    public async Task A_feature_is_found_in_the_configuration_and_in_the_list_of_modules()
    {
        Directory.Delete(_machine.Root.Path + "/sys/module/veth");
        _machine.Root.Write("/lib/modules/6.1.0-13-amd64/modules.dep", "kernel/drivers/net/veth.ko.xz:\n");
        await _machine.ExpectAsync(new KernelFeaturesCheck(), CheckStatus.Pass, Complete);

        Directory.Delete(_machine.Root.Path + "/lib", recursive: true);
        WriteConfiguration("CONFIG_BRIDGE=y\nCONFIG_VETH=m\n");
        await _machine.ExpectAsync(new KernelFeaturesCheck(), CheckStatus.Pass, Complete);
    }

    [Fact]
    public async Task A_kernel_without_nf_tables_is_a_warning()
    {
        _machine.Rules = new Ruleset { Unavailable = "no such protocol" };

        await _machine.ExpectAsync(
            new KernelFeaturesCheck(), CheckStatus.Warning, "no nf_tables: no such protocol; flat traffic needs none, the way out beyond the host does", "CONFIG_NF_TABLES");
    }

    [Fact]
    public async Task Logs_that_can_be_read_pass()
    {
        _machine.Engine.Add("web").Add("db", driver: "json-file");

        await _machine.ExpectAsync(new LogDriverCheck(), CheckStatus.Pass, "the logs of 2 running containers can be read");
    }

    [Fact]
    public async Task Containers_without_a_log_are_a_warning()
    {
        _machine.Engine.Add("web", driver: "none").Add("db", driver: "passthrough").Add("ok");

        await _machine.ExpectAsync(new LogDriverCheck(), CheckStatus.Warning, "no log is kept of: db (passthrough), web (none)", "--log-driver k8s-file");
    }

    [Fact]
    public async Task A_log_in_the_journal_wants_events_there_too()
    {
        _machine.Engine.Add("web", driver: "journald");
        await _machine.ExpectAsync(
            new LogDriverCheck(),
            CheckStatus.Warning,
            "web: the log is in the journal but Podman's events are in \"file\", so that following it does not notice the end of a container",
            "events_logger = \"journald\"");

        _machine.Processes.On("podman info --format json", """{ "host": { "eventLogger": "journald" } }""");
        await _machine.ExpectAsync(new LogDriverCheck(), CheckStatus.Pass, "the logs of 1 running containers can be read");
    }

    [Fact]
    public async Task Events_are_kept()
    {
        await _machine.ExpectAsync(new EventsLoggerCheck(), CheckStatus.Pass, "Podman keeps events in \"file\"");

        _machine.Processes.On("podman info --format json", """{ "host": { "eventLogger": "none" } }""");
        await _machine.ExpectAsync(
            new EventsLoggerCheck(), CheckStatus.Warning, "Podman keeps no events: flatnet ps --watch and flatnet logs --restarts notice changes late", "events_logger = \"file\"");
    }

    [Fact]
    public async Task A_missing_log_directory_is_a_warning_that_can_be_fixed_once()
    {
        await _machine.ExpectAsync(new LogDirectoryCheck(), CheckStatus.Pass, "/var/log/flatnet is there");

        Directory.Delete(_machine.Root.Path + "/var/log/flatnet");
        await _machine.ExpectAsync(
            new LogDirectoryCheck(), CheckStatus.Warning, "/var/log/flatnet does not exist: what the plugin does is not kept", "sudo mkdir -p -m 755 /var/log/flatnet");
        CheckResult before = await _machine.RunAsync(new LogDirectoryCheck());
        Assert.Equal("created /var/log/flatnet", await before.Fix!.ApplyAsync(default));
        await _machine.ExpectAsync(new LogDirectoryCheck(), CheckStatus.Pass, "/var/log/flatnet is there");
    }

    private void WriteConfiguration(string text)
    {
        using FileStream file = File.Create(_machine.Root.Path + "/proc/config.gz");
        using var zip = new GZipStream(file, CompressionLevel.Fastest);
        zip.Write(Encoding.ASCII.GetBytes("# Linux\n" + text));
    }
}
