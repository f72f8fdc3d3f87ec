using Flatnet.Cli.Tests.Hosting;

namespace Flatnet.Cli.Tests.Documentation;

public sealed class ManualTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("flatnet-manual");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Every_command_has_a_page_with_its_options()
    {
        using var line = new CommandLine();

        Assert.Equal(0, await line.RunAsync("manual", _directory.FullName));

        string page = await File.ReadAllTextAsync(Path.Join(_directory.FullName, "flatnet-completion.1"));
        Assert.StartsWith(".TH FLATNET\\-COMPLETION 1", page, StringComparison.Ordinal);
        Assert.Contains(".SH EXIT STATUS", page, StringComparison.Ordinal);
        Assert.Contains("\\fB\\-\\-config\\fR \\fIFILE\\fR", page, StringComparison.Ordinal);
        Assert.Equal(line.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(), _directory.GetFiles().Select(file => file.Name).Order());
    }

    [Fact]
    public async Task A_directory_that_cannot_be_written_is_named()
    {
        using var line = new CommandLine();

        Assert.Equal(1, await line.RunAsync("manual", "/proc/flatnet"));

        Assert.StartsWith("Error: the manual pages cannot be written to /proc/flatnet: ", line.Error, StringComparison.Ordinal);
    }
}
