using Flatnet.Cli.Doctor;

namespace Flatnet.Cli.Tests.Doctor;

public sealed class ExaminationTests : IDisposable
{
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(60);

    private readonly DoctorFixture _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task An_exception_inside_a_check_is_a_failure_of_that_check_alone()
    {
        DoctorReport report = await ExamineAsync(
            new FakeCheck("Disk", "Breaks", _ => throw new InvalidOperationException("no such luck")),
            new FakeCheck("Disk", "Breaks later", async _ => await Task.FromException<CheckResult>(new IOException("lost"))),
            new FakeCheck("Disk", "Works", CheckResult.Pass("fine")));

        Assert.Equal(
            ["Fail Breaks: the check itself failed: no such luck", "Fail Breaks later: the check itself failed: lost", "Pass fine"],
            report.Checks.Select(check => $"{check.Status} {check.Result.Message}"));
    }

    [Fact]
    public async Task A_check_that_hangs_is_a_failure_and_holds_nobody_up()
    {
        using var never = new ManualResetEventSlim();
        DoctorReport report = await ExamineAsync(
            TimeSpan.FromSeconds(1),
            Ample,
            new FakeCheck("Disk", "Sleeps", async token =>
            {
                await Task.Delay(Timeout.Infinite, token);
                return CheckResult.Pass("never");
            }),
            new FakeCheck("Disk", "Is deaf", _ =>
            {
                never.Wait(Ample, CancellationToken.None);
                return Task.FromResult(CheckResult.Pass("never"));
            }),
            new FakeCheck("Disk", "Works", CheckResult.Pass("fine")));
        never.Set();

        Assert.Equal(
            ["Fail Sleeps: no result within 1 s", "Fail Is deaf: no result within 1 s", "Pass fine"],
            report.Checks.Select(check => $"{check.Status} {check.Result.Message}"));
    }

    [Fact]
    public async Task All_checks_together_have_a_limit_too()
    {
        DoctorReport report = await ExamineAsync(Ample, TimeSpan.FromMilliseconds(200), new FakeCheck("Disk", "Sleeps", async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return CheckResult.Pass("never");
        }));

        Assert.Equal(CheckStatus.Fail, Assert.Single(report.Checks).Status);
    }

    [Fact]
    public async Task Checks_run_at_the_same_time()
    {
        using var both = new Barrier(2);
        ICheck Meets(string name) => new FakeCheck("Disk", name, token => Task.FromResult(CheckResult.Pass(both.SignalAndWait(Ample, token) ? "met" : "alone")));

        DoctorReport report = await ExamineAsync(Meets("one"), Meets("other"));

        Assert.All(report.Checks, check => Assert.Equal("met", check.Result.Message));
    }

    [Fact]
    public async Task Ctrl_C_ends_the_examination()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await using DoctorContext context = _machine.NewContext(default);
        var examination = new Examination(new CheckRunner(context, Ample, Ample), [new FakeCheck("Disk", "Works", CheckResult.Pass("fine"))]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => examination.RunAsync(fix: false, cancelled.Token));
    }

    [Fact]
    public async Task Categories_come_in_the_order_of_their_importance_and_then_by_name()
    {
        string[] mixed = ["WSL", "Clock", "Disk", "Monitoring", "Network", "CNI Plugin", "Podman", "Gateway"];

        DoctorReport report = await ExamineAsync([.. mixed.Select(category => new FakeCheck(category, "x", CheckResult.Pass("")))]);

        Assert.Equal(
            ["Gateway", "CNI Plugin", "Network", "Monitoring", "Disk", "Clock", "Podman", "WSL"], report.Checks.Select(check => check.Check.Category));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 2)]
    [InlineData(0, 1, 2)]
    public async Task The_exit_code_is_that_of_the_worst_finding(int warnings, int failures, int expected)
    {
        ICheck[] checks =
        [
            new FakeCheck("Disk", "a", CheckResult.Pass("")),
            .. Enumerable.Repeat(new FakeCheck("Disk", "b", CheckResult.Warning("", "")), warnings),
            .. Enumerable.Repeat(new FakeCheck("Disk", "c", CheckResult.Fail("", "")), failures),
        ];

        Assert.Equal(expected, (await ExamineAsync(checks)).ExitCode);
    }

    [Fact]
    public async Task Fixes_are_applied_told_and_looked_at_again()
    {
        bool isBroken = true;
        var check = new FakeCheck("Network", "Forwarding", _ => Task.FromResult(isBroken
            ? CheckResult.Fail("off", "on") with { Fix = new FakeFix("switch on", () => $"switched on: {isBroken = false}") }
            : CheckResult.Pass("on")));

        DoctorReport first = await ExamineAsync(fix: true, check, new FakeCheck("Disk", "Works", CheckResult.Pass("fine")));
        DoctorReport second = await ExamineAsync(fix: true, check);

        Assert.Equal("switched on: False", Assert.Single(first.Fixes!.Value).Done);
        Assert.Equal(0, first.ExitCode);
        Assert.Empty(second.Fixes!.Value);
    }

    [Fact]
    public async Task A_fix_that_fails_is_told_and_stops_no_other()
    {
        DoctorReport report = await ExamineAsync(
            fix: true,
            new FakeCheck("Disk", "a", CheckResult.Warning("a", "a") with { Fix = new FakeFix("cure a", () => throw new IOException("disk is full")) }),
            new FakeCheck("Disk", "b", CheckResult.Warning("b", "b") with { Fix = new FakeFix("cure b", () => "cured b") }));

        Assert.Equal([("cure a", null, "disk is full"), ("cure b", "cured b", null)], report.Fixes!.Value.Select(fix => (fix.Description, fix.Done, fix.Problem)));
        Assert.Equal(1, report.ExitCode);
    }

    [Fact]
    public async Task Without_being_told_nothing_is_fixed()
    {
        bool applied = false;

        DoctorReport report = await ExamineAsync(new FakeCheck("Disk", "a", CheckResult.Warning("a", "a") with { Fix = new FakeFix("cure a", () => $"{applied = true}") }));

        Assert.False(applied);
        Assert.Null(report.Fixes);
    }

    [Fact]
    public async Task The_second_fix_of_a_machine_changes_nothing()
    {
        _machine.Root.Write("/proc/sys/net/ipv4/ip_forward", "0\n");
        Directory.Delete(_machine.Root.Path + "/var/log/flatnet");
        _machine.Acquire("web", lives: true);
        _machine.Acquire("db", lives: false);
        ICheck[] local = [.. CheckList.All.Where(check => check.Category is not ("Gateway" or "Monitoring" or "Clock"))];

        DoctorReport first = await ExamineAsync(fix: true, local);
        string[] after = Snapshot();
        DoctorReport second = await ExamineAsync(fix: true, local);

        Assert.Equal(
            ["ended 1 leases of containers that are gone", "enabled IPv4 forwarding until the next boot (to keep it: sudo flatnet setup)", "created /var/log/flatnet"],
            first.Fixes!.Value.Select(fix => fix.Done));
        Assert.Empty(second.Fixes!.Value);
        Assert.Equal(0, second.ExitCode);
        Assert.Equal(after, Snapshot());
    }

    [Fact]
    public void Names_of_checks_are_unique()
    {
        Assert.Equal(CheckList.All.Length, CheckList.All.DistinctBy(check => (check.Category, check.Name)).Count());
    }

    private string[] Snapshot() =>
    [
        .. Directory.EnumerateFileSystemEntries(_machine.Root.Path, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(path => path + ":" + (File.Exists(path) ? File.ReadAllText(path) : "")),
    ];

    private Task<DoctorReport> ExamineAsync(params ICheck[] checks) => ExamineAsync(fix: false, checks);

    private async Task<DoctorReport> ExamineAsync(bool fix, params ICheck[] checks)
    {
        await using DoctorContext context = _machine.NewContext(default);
        return await new Examination(new CheckRunner(context, Ample, Ample), [.. checks]).RunAsync(fix, default);
    }

    private async Task<DoctorReport> ExamineAsync(TimeSpan checkLimit, TimeSpan totalLimit, params ICheck[] checks)
    {
        await using DoctorContext context = _machine.NewContext(default);
        return await new Examination(new CheckRunner(context, checkLimit, totalLimit), [.. checks]).RunAsync(fix: false, default);
    }
}
