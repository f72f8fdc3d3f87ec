using System.CommandLine;
using System.Text.Json;
using Flatnet.Cli.Hosting;
using Flatnet.Cli.Ipam;
using Flatnet.Cli.Terminal;
using Flatnet.Ipam;

namespace Flatnet.Cli.Tests.Ipam;

public sealed class VerifyTests : IDisposable
{
    private const string A = "aaaaaaaaaaaaaaaaaaaa";
    private const string B = "bbbbbbbbbbbbbbbbbbbb";

    private readonly IpamFixture _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_sound_file_is_said_to_be_one()
    {
        _machine.Document([IpamFixture.Lease("10.87.1.2", A, "web")], IpamFixture.Reservation("web", "10.87.1.2"), IpamFixture.Reservation("dns", "10.87.1.9", isStatic: true));

        IpamFixture.Outcome outcome = await _machine.RunAsync("verify");

        Assert.Equal((0, "/var/lib/cni/flatnet/ipam.json: 1 leases and 2 reservations, nothing wrong.\n"), (outcome.Code, outcome.Out));
    }

    [Fact]
    public async Task No_file_yet_is_not_wrong()
    {
        IpamFixture.Outcome outcome = await _machine.RunAsync("verify");

        Assert.Equal(0, outcome.Code);
        Assert.StartsWith("Note: /var/lib/cni/flatnet/ipam.json does not exist yet; the first container makes it\n", outcome.Out, StringComparison.Ordinal);
    }

    public static TheoryData<string[], string[], string, string> Problems => new()
    {
        { [IpamFixture.Lease("10.87.1.2", A, "web"), IpamFixture.Lease("10.87.1.2", B, "db")], [], "10.87.1.2 is leased twice: to web (aaaaaaaaaaaa) and to db (bbbbbbbbbbbb)", "podman restart db   # it gets another address" },
        { [IpamFixture.Lease("10.87.1.2", A, "web"), IpamFixture.Lease("10.87.1.3", A, "web")], [], "web (aaaaaaaaaaaa) has more than one lease for its interface eth0", "podman restart web   # it gets another address" },
        { [IpamFixture.Lease("10.88.0.2", A, "web")], [], "10.88.0.2 is leased to web (aaaaaaaaaaaa), but outside the ranges 10.87.1.1-10.87.1.254", "podman restart web   # it gets another address" },
        { [IpamFixture.Lease("10.87.1.1", A, "web")], [], "10.87.1.1 is the gateway, but leased to web (aaaaaaaaaaaa)", "podman restart web   # it gets another address" },
        { [IpamFixture.Lease("10.87.1.2", A, "web", IpamFixture.Gone)], [], "10.87.1.2 is leased to web (aaaaaaaaaaaa), whose network namespace is gone", "sudo flatnet ipam gc" },
        { [], [IpamFixture.Reservation("a", "10.87.1.2", true), IpamFixture.Reservation("b", "10.87.1.2", true)], "10.87.1.2 is reserved twice: for a and for b", "sudo flatnet ipam release b" },
        { [], [IpamFixture.Reservation("a", "10.88.0.2", true)], "10.88.0.2 is reserved for a, but outside the ranges 10.87.1.1-10.87.1.254", "sudo flatnet ipam release a" },
        { [IpamFixture.Lease("10.87.1.2", A, "web")], [IpamFixture.Reservation("a", "10.87.1.2", true)], "10.87.1.2 is reserved for a, but web (aaaaaaaaaaaa) has it", "podman restart web   # it gets another address" },
    };

    [Theory]
    [MemberData(nameof(Problems))]
    public async Task A_problem_is_told_with_its_cure(string[] leases, string[] reservations, string problem, string cure)
    {
        _machine.Document(leases, reservations);

        IpamFixture.Outcome outcome = await _machine.RunAsync("verify");

        Assert.Equal((1, $"Problem: {problem}\n  Cure: {cure}\n"), (outcome.Code, outcome.Out));
    }

    [Fact]
    public async Task A_broken_file_is_a_problem_and_is_left_alone()
    {
        _machine.Raw("{\"version\":1,");

        IpamFixture.Outcome outcome = await _machine.RunAsync("verify");

        Assert.Equal(1, outcome.Code);
        Assert.StartsWith("Problem: /var/lib/cni/flatnet/ipam.json does not parse: ", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("  Cure: sudo flatnet ipam gc", outcome.Out, StringComparison.Ordinal);
        Assert.Equal("{\"version\":1,", File.ReadAllText(_machine.LeaseFile));
    }

    [Fact]
    public async Task A_file_that_others_can_read_is_a_problem()
    {
        _machine.Document([]);
        if (OperatingSystem.IsLinux())
        {
            File.SetUnixFileMode(_machine.LeaseFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        }

        IpamFixture.Outcome outcome = await _machine.RunAsync("verify");

        Assert.Equal(
            (1, "Problem: /var/lib/cni/flatnet/ipam.json has mode 604, not 600\n  Cure: sudo chmod 600 /var/lib/cni/flatnet/ipam.json\n"),
            (outcome.Code, outcome.Out));
    }

    [Fact]
    public async Task Leases_of_an_earlier_boot_and_unknown_fields_are_only_noted()
    {
        _machine.Document([IpamFixture.Lease("10.87.1.2", A, "web", boot: "boot-0", more: ",\"rack\":7"), IpamFixture.Lease("10.87.1.3", B)]);

        JsonElement json = (await _machine.RunAsync("verify --json")).Json;

        Assert.True(json.GetProperty("ok").GetBoolean());
        Assert.Equal(
            [
                ("note", "1 of 2 leases were made before the machine was started; they are swept when their addresses are needed", JsonValueKind.Null),
                ("note", "fields that this version does not know are kept: leases.rack", JsonValueKind.Null),
            ],
            json.GetProperty("findings").EnumerateArray().Select(finding =>
                (finding.GetProperty("level").GetString(), finding.GetProperty("message").GetString(), finding.GetProperty("cure").ValueKind)));
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_not_touched()
    {
        _machine.Raw("{\"version\":9}");

        IpamFixture.Outcome outcome = await _machine.RunAsync("verify");

        Assert.Equal(1, outcome.Code);
        Assert.Contains("has format version 9", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_permission_the_advice_is_sudo()
    {
        ParseResult arguments = FlatnetCommand.Create().Parse("ipam ls");
        using var output = new StringWriter();
        var context = new CommandContext { Out = output, Error = output, Terminal = TerminalInfo.None, Settings = new(), Root = _machine.Root };
        var denied = new IpamException(IpamFailure.StateUnreadable, "open directory /x: Permission denied (EACCES)") { IsPermissionDenied = true };

        CommandException error = Assert.Throws<CommandException>(() => IpamCommand.Run(context, arguments, (_, _, _) => throw denied));

        Assert.Equal(("open directory /x: Permission denied (EACCES)", "Only root may do that: sudo flatnet ipam ls ..."), (error.Message, error.Advice));
    }
}
