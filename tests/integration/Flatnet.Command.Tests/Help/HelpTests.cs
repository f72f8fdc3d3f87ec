using Flatnet.Command.Tests.Harness;

namespace Flatnet.Command.Tests.Help;

/// <summary>The published command explains itself: help for every command, and manual pages that man can format.</summary>
public sealed class HelpTests
{
    private static readonly Dictionary<string, string> Plain = [];

    private static readonly string[] All =
    [
        "", "ps", "logs", "status", "doctor", "ipam", "ipam ls", "ipam show", "ipam reserve", "ipam release", "ipam gc", "ipam verify",
        "network", "network create", "network ls", "network rm", "setup", "unsetup", "completion", "manual",
    ];

    public static TheoryData<string> Commands => [.. All];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_has_help_with_examples(string command)
    {
        CommandResult result = FlatnetProgram.Run(Plain, [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("\nExamples:\n  ", result.Output, StringComparison.Ordinal);
        Assert.Contains("\nExit codes:\n  0 ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_command_has_a_manual_page_without_mistakes()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("flatnet-manual-");
        try
        {
            FlatnetProgram.Run(Plain, "manual", directory.FullName).ExpectSuccess();

            Assert.Equal(
                All.Select(command => ("flatnet " + command).TrimEnd().Replace(' ', '-') + ".1").Order(StringComparer.Ordinal),
                directory.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
            bool hasMan = File.Exists("/usr/bin/man") && File.Exists("/usr/bin/groff");
            foreach (FileInfo page in directory.GetFiles())
            {
                Assert.StartsWith(".TH FLATNET", File.ReadAllText(page.FullName), StringComparison.Ordinal);
                if (hasMan)
                {
                    CommandResult shown = Execution.Run(["man", "--warnings", "-l", page.FullName], new Dictionary<string, string> { ["MANPAGER"] = "cat", ["MANWIDTH"] = "120" });
                    Assert.Equal((page.Name, 0, ""), (page.Name, shown.ExitCode, shown.Error));
                    Assert.Contains("EXIT STATUS", shown.Output, StringComparison.Ordinal);
                }
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
