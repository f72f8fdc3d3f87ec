using Flatnet.Cli.Addresses;
using Flatnet.Cli.Ps;
using Flatnet.Cli.Ps.Formats;
using Flatnet.Cli.Ps.Watching;
using Flatnet.Cli.Terminal;
using Flatnet.Podman;

namespace Flatnet.Cli.Tests.Ps;

public sealed class ViewTests : IDisposable
{
    private static readonly PsOptions Options = new() { NoHeading = true };

    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
    }

    private static PsListing Listing(string[] warnings, params Container[] containers) =>
        new([.. containers.Select(container => new PsRow(container, ContainerAddress.None, Sample.Now))], [.. warnings], SourceState.Ok, SourceState.Absent);

    private static Container Web(string status = "created") => new() { Id = "a1", Names = ["web"], Image = "nginx", State = status };

    private BlockView Blocks() => new(_out, _error, new TableFormat(Options, color: false), hasGaps: true);

    private ScreenView Screen(int height = 24) => new(_out, new TerminalInfo(true, true, false, 80, height), new TableFormat(Options, color: false));

    [Fact]
    public void In_a_pipe_there_is_a_block_for_each_change_and_a_blank_line_between()
    {
        using BlockView view = Blocks();

        view.Show(Listing([], Web()));
        view.Show(Listing([], Web()));
        view.Show(Listing([], Web("paused")));

        Assert.Equal("a1   web   nginx   -   Created\n\na1   web   nginx   -   Up (Paused)\n", _out.ToString());
    }

    [Fact]
    public void In_a_pipe_each_warning_and_problem_is_told_once()
    {
        using BlockView view = Blocks();

        view.Show(Listing(["one"], Web()));
        view.Show(Listing(["one", "two"], Web()));
        view.ShowProblem("Podman is gone");
        view.ShowProblem("Podman is gone");
        view.Show(Listing(["one", "two"], Web()));
        view.ShowProblem("Podman is gone");

        Assert.Equal("Warning: one\nWarning: two\nWarning: Podman is gone\nWarning: Podman is gone\n", _error.ToString());
    }

    [Fact]
    public void The_screen_is_entered_and_left_as_it_was()
    {
        using (ScreenView view = Screen())
        {
            view.Show(Listing([], Web()));
        }

        Assert.Equal(
            "\u001b[?1049h\u001b[?25l\u001b[?7l"
            + "\u001b[Ha1   web   nginx   -   Created\u001b[K\u001b[J"
            + "\u001b[?7h\u001b[?25h\u001b[?1049l",
            _out.ToString());
    }

    [Fact]
    public void Warnings_and_problems_stay_on_the_screen()
    {
        using ScreenView view = Screen();
        view.Show(Listing(["odd \u001b[2J"], Web()));
        _out.GetStringBuilder().Clear();

        view.ShowProblem("Podman is gone");

        Assert.Equal(
            "\u001b[HWarning: Podman is gone\u001b[K\r\n\u001b[K\r\na1   web   nginx   -   Created\u001b[K\r\n\u001b[K\r\nWarning: odd [2J\u001b[K\u001b[J",
            _out.ToString());
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public void What_does_not_fit_the_screen_is_counted()
    {
        using ScreenView view = Screen(height: 3);
        view.Show(Listing([], Web()));
        _out.GetStringBuilder().Clear();

        view.Show(Listing([], Web(), Web(), Web(), Web()));

        Assert.Equal(
            "\u001b[Ha1   web   nginx   -   Created\u001b[K\r\na1   web   nginx   -   Created\u001b[K\r\n... 2 more lines\u001b[K\u001b[J",
            _out.ToString());
    }

    [Fact]
    public async Task Watching_ends_with_0_and_restores_the_terminal()
    {
        using var cancellation = new CancellationTokenSource();
        using var line = new PsLine { Terminal = new TerminalInfo(true, true, false, 80, 24) };
        Task<int> watching = line.RunAsync(cancellation.Token, "--watch");

        await cancellation.CancelAsync();

        Assert.Equal(0, await watching);
        Assert.EndsWith("\u001b[?1049l", line.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watch_that_cannot_begin_leaves_the_terminal_alone()
    {
        using var line = new PsLine { Terminal = new TerminalInfo(true, true, false, 80, 24) };
        line.Engine.Failure = new EngineException(EngineFailure.Refused, "no", "");

        Assert.Equal(1, await line.RunAsync("--watch"));

        Assert.Empty(line.Out);
    }

    [Fact]
    public async Task Watching_in_a_pipe_has_no_control_characters()
    {
        using var cancellation = new CancellationTokenSource();
        using var line = new PsLine();
        Task<int> watching = line.RunAsync(cancellation.Token, "-w", "5");

        await cancellation.CancelAsync();

        Assert.Equal(0, await watching);
        Assert.StartsWith("CONTAINER ID", line.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', line.Out);
    }

    [Fact]
    public async Task Watching_as_json_is_one_document_per_line()
    {
        using var cancellation = new CancellationTokenSource();
        using var line = new PsLine { Terminal = new TerminalInfo(true, true, false, 80, 24) };
        Task<int> watching = line.RunAsync(cancellation.Token, "--watch", "--json");

        await cancellation.CancelAsync();

        Assert.Equal(0, await watching);
        Assert.Equal(1, line.Out.Count(c => c == '\n'));
        Assert.Equal(2, line.Json.GetProperty("total_containers").GetInt32());
    }
}
