namespace Flatnet.Cli.Tests.Ps;

public sealed class QuietTests
{
    [Fact]
    public async Task Quiet_prints_short_ids_and_nothing_else()
    {
        using var line = new PsLine();
        line.WriteLeases(("ffffffffffff", "10.87.1.99"));

        Assert.Equal(0, await line.RunAsync("-q"));

        Assert.Equal("abc123def456\n789ffe012abc\n", line.Out);
        Assert.Empty(line.Error);
    }

    [Fact]
    public async Task Quiet_with_no_trunc_prints_whole_ids()
    {
        using var line = new PsLine();

        await line.RunAsync("-q", "--no-trunc");

        Assert.Equal($"{Sample.Id("abc123def456")}\n{Sample.Id("789ffe012abc")}\n", line.Out);
    }

    [Fact]
    public async Task Quiet_asks_for_no_more_than_it_prints()
    {
        using var line = new PsLine();

        await line.RunAsync("-q");

        Podman.ListOptions request = Assert.Single(line.Engine.Requests);
        Assert.False(request.Addresses || request.All || request.Size || request.Pods || request.Namespaces);
    }

    [Fact]
    public async Task Quiet_still_filters_by_address()
    {
        using var line = new PsLine();

        await line.RunAsync("-q", "-f", "ip=10.87.1.11");

        Assert.Equal("789ffe012abc\n", line.Out);
    }

    [Fact]
    public async Task Quiet_without_containers_prints_nothing()
    {
        using var line = new PsLine();
        line.Engine.Containers = [];

        Assert.Equal(0, await line.RunAsync("-q"));

        Assert.Empty(line.Out);
    }

    [Fact]
    public async Task No_ip_reads_no_source_of_addresses()
    {
        using var line = new PsLine();
        line.WriteLeases((Sample.Id("abc123def456"), "10.87.1.10"));

        await line.RunAsync("--no-ip");

        Assert.False(Assert.Single(line.Engine.Requests).Addresses);
        Assert.EndsWith("Total: 2 containers, 0 Flatnet IPs allocated\n", line.Out, StringComparison.Ordinal);
    }
}
