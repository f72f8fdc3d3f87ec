using System.Globalization;

namespace Flatnet.Command.Tests.Harness;

/// <summary>A terminal of 100 columns and 30 lines, kept by a tmux of its own, in which a program runs.</summary>
internal sealed class TerminalScreen : IDisposable
{
    private static int _count;

    private readonly string _directory = Directory.CreateTempSubdirectory("flatnet-screen-").FullName;
    private readonly Dictionary<string, string> _environment;
    private readonly string _name;

    /// <summary>Prints <c>before</c>, runs the program, and prints <c>after</c> with its exit code.</summary>
    public TerminalScreen(IReadOnlyDictionary<string, string> environment, params string[] argv)
    {
        _name = string.Create(CultureInfo.InvariantCulture, $"flatnet-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}");
        _environment = new Dictionary<string, string>(environment) { ["TMUX_TMPDIR"] = _directory, ["TERM"] = "xterm-256color" };
        // The shell lives on when Ctrl-C ends the program.
        string[] shell = ["sh", "-c", "trap : INT; echo before; \"$0\" \"$@\"; echo after $?; sleep 1000", .. argv];
        Tmux(["new-session", "-d", "-x", "100", "-y", "30", .. shell]);
    }

    /// <summary>What can be seen, without trailing spaces and lines.</summary>
    public string Text => Tmux("capture-pane", "-p").Text;

    /// <summary>As <see cref="Text"/>, with the sequences that make the colours.</summary>
    public string ColoredText => Tmux("capture-pane", "-p", "-e").Text;

    /// <summary>The title that a program gave the window; empty if none did.</summary>
    public string Title => Tmux("display-message", "-p", "#{pane_title}").Text;

    /// <summary>Whether a program shows a screen of its own, which gives way to the one before when it ends.</summary>
    public bool IsAlternate => Tmux("display-message", "-p", "#{alternate_on}").Text == "1";

    public void WaitFor(string text)
    {
        try
        {
            Eventually.True(() => Text.Contains(text, StringComparison.Ordinal), $"'{text}' on the screen");
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{exception.Message}; it shows:\n{Text}", exception);
        }
    }

    public void PressCtrlC()
    {
        Tmux("send-keys", "C-c");
    }

    public void Dispose()
    {
        Tmux("kill-server");
        Directory.Delete(_directory, recursive: true);
    }

    private CommandResult Tmux(params string[] arguments)
    {
        return Execution.Run(["tmux", "-L", _name, "-f", "/dev/null", .. arguments], _environment).ExpectSuccess();
    }
}
