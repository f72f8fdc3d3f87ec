using Flatnet.Cli.Terminal;

namespace Flatnet.Cli.Tests.Terminal;

public sealed class ProgressNoteTests
{
    private static readonly TerminalInfo Screen = new(true, true, false, 80, 24);

    [Fact]
    public void What_takes_long_is_said_and_wiped_away()
    {
        using var error = new StringWriter();
        var time = new TickingTime();

        using (ProgressNote.Start(error, Screen, time, "asking Podman"))
        {
            Assert.Empty(error.ToString());
            time.Tick();
            Assert.Equal("\r\u001b[Kasking Podman … 1 s", error.ToString());
        }

        Assert.EndsWith("1 s\r\u001b[K", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_said_about_what_is_quick_nor_where_nobody_watches()
    {
        using var error = new StringWriter();
        var time = new TickingTime();

        ProgressNote.Start(error, Screen, time, "asking Podman").Dispose();
        using (ProgressNote.Start(error, TerminalInfo.None, time, "asking Podman"))
        {
            time.Tick();
        }

        Assert.Empty(error.ToString());
    }

    private sealed class TickingTime : TimeProvider
    {
        private Action? _tick;

        public void Tick() => _tick?.Invoke();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _tick = () => callback(state);
            return new Timer();
        }

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
