using System.Collections.Immutable;
using Flatnet.Podman.Tests.Logs.Files;
using Flatnet.Podman.Tests.Logs.Streams;

namespace Flatnet.Podman.Tests.Logs;

public sealed class ContainerLogTests
{
    [Theory]
    [InlineData("k8s-file")]
    [InlineData("json-file")]
    public void A_readable_file_is_read(string driver)
    {
        using TempFile file = new();
        file.Write(LogLines.Record(1, "one"));
        IContainerLog log = ContainerLog.Open(Engine, Details(driver, file.Path), null, "");
        Assert.Equal("file", log.Source);
        Assert.Equal(["one"], log.Read(new LogQuery()).Select(line => line.Text()));
    }

    [Fact]
    public void Without_the_files_directory_the_command_is_asked()
    {
        Assert.Equal("command", ContainerLog.Open(Engine, Details("k8s-file", "/nowhere/at/all/ctr.log"), null, "").Source);
    }

    [Fact]
    public void The_journal_is_read_where_there_is_journalctl()
    {
        using Script journalctl = new("journalctl", "true");
        Assert.Equal("journald", ContainerLog.Open(Engine, Details("journald", ""), null, journalctl.Folder).Source);
        Assert.Equal("command", ContainerLog.Open(Engine, Details("journald", ""), null, "").Source);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("passthrough")]
    public void A_driver_that_keeps_nothing_is_named_with_its_cure(string driver)
    {
        EngineException problem = Assert.Throws<EngineException>(() => ContainerLog.Open(Engine, Details(driver, ""), null, ""));
        Assert.Contains($"'{driver}' of container web", problem.Message, StringComparison.Ordinal);
        Assert.Contains("--log-driver k8s-file", problem.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api")]
    [InlineData("journald")]
    [InlineData("file")]
    public void A_source_that_cannot_be_had_is_refused(string source)
    {
        Assert.Contains(source, Assert.Throws<EngineException>(() => ContainerLog.Open(Engine, Details("other", ""), source, "")).Message, StringComparison.Ordinal);
    }

    private static PodmanCommandEngine Engine => new("/usr/bin/podman", TimeSpan.FromSeconds(1), null);

    private static ContainerDetails Details(string driver, string path)
    {
        Container container = new() { Id = "abc", Names = ImmutableArray.Create("web") };
        return new ContainerDetails { Container = container, LogDriver = driver, LogPath = path };
    }
}
