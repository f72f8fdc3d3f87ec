using System.Text.RegularExpressions;
using Flatnet.Command.Tests.Harness;

namespace Flatnet.Command.Tests.Terminal;

/// <summary>What the command shows on a real terminal.</summary>
public sealed class ScreenTests(PodmanService podman) : IClassFixture<PodmanService>
{
    [HostFact("tmux")]
    public void Hostile_log_lines_are_shown_and_not_obeyed()
    {
        // Clears the screen, names the window, moves the cursor, returns, goes back, rings, asks for an answer; C1 too; then a colour.
        const string hostile = @"safe\033[2J\033]0;owned\007\033[1;1Htext\rXX\b\a\033[c\302\233H\033[31mred\033[0m.\n";
        podman.Start("hostile", [], "sh", "-c", $"echo first; printf '{hostile}'; echo last; sleep 1000");
        using TerminalScreen screen = new(podman.SocketEnvironment, FlatnetProgram.File, "logs", "hostile", "--follow");
        screen.WaitFor("last");

        string[] lines = screen.Text.Split('\n');
        Assert.Equal(["before", "first", "safe[2J]0;owned[1;1HtextXX[cHred.", "last"], lines);
        Assert.NotEqual("owned", screen.Title);
        Assert.Matches("\u001b\\[31mred\u001b", screen.ColoredText);
        screen.PressCtrlC();
        screen.WaitFor("after 130");
        podman.Remove("hostile");
    }

    [HostFact("tmux")]
    public void Several_containers_have_colours_of_their_own()
    {
        podman.Start("one", [], "sh", "-c", "echo hello; echo again; sleep 1000");
        podman.Start("three", [], "sh", "-c", "echo hello; sleep 1000");
        using TerminalScreen screen = new(podman.SocketEnvironment, FlatnetProgram.File, "logs", "one", "three", "--follow");
        screen.WaitFor("three | hello");

        string[] lines = screen.ColoredText.Split('\n');
        string[] ones = [.. lines.Select(line => ColorOf(line, "one   | ")).OfType<string>()];
        Assert.Equal(2, ones.Length);
        Assert.Equal(ones[0], ones[1]);
        Assert.NotEqual(ones[0], Assert.Single(lines.Select(line => ColorOf(line, "three | ")).OfType<string>()));
        podman.Remove("one", "three");
    }

    [HostFact("tmux")]
    public void A_watched_list_changes_with_the_containers_and_gives_the_screen_back()
    {
        podman.Start("early", [], "sleep", "1000");
        using TerminalScreen screen = new(podman.SocketEnvironment, FlatnetProgram.File, "ps", "--watch", "600");
        screen.WaitFor("early");
        Assert.True(screen.IsAlternate);
        Assert.DoesNotContain("before", screen.Text, StringComparison.Ordinal);

        // The list is made before the events are listened to.
        Thread.Sleep(500);
        podman.Start("late", [], "sleep", "1000");
        screen.WaitFor("late");
        podman.Remove("early");
        Eventually.True(() => !screen.Text.Contains("early", StringComparison.Ordinal), "the removed container vanishes");
        screen.PressCtrlC();
        screen.WaitFor("after 0");

        Assert.False(screen.IsAlternate);
        Assert.Equal(["before", "after 0"], screen.Text.Replace("^C", "", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        podman.Remove("late");
    }

    private static string? ColorOf(string line, string prefix)
    {
        Match match = Regex.Match(line, "^\u001b\\[(\\d+)m" + Regex.Escape(prefix));
        return match.Success ? match.Groups[1].Value : null;
    }
}
