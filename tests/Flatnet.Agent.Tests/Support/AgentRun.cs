using Flatnet.Agent.Commands;
using Flatnet.Agent.Transport;

namespace Flatnet.Agent.Tests.Support;

/// <summary>One run of the command line inside the test.</summary>
internal sealed record AgentRun(int ExitCode, string Output, string Error)
{
    // A machine that is busy with other tests delivers late.
    private static readonly TransportPace Patient = new() { FinalFlush = TimeSpan.FromHours(1) };

    public static Task<AgentRun> OfAsync(TestDirectory directory, Dictionary<string, string> variables, params string[] arguments) =>
        OfAsync(Patient, directory, variables, arguments);

    public static async Task<AgentRun> OfAsync(TransportPace pace, TestDirectory directory, Dictionary<string, string> variables, params string[] arguments)
    {
        Dictionary<string, string> environment = new(variables) { ["HOME"] = directory.Path };
        environment.TryAdd("FLATNET_SPOOL_DIR", directory.File("spool"));
        string[] config = arguments.Contains("--config") ? [] : ["--config", directory.File("agent.yaml", "")];
        using var output = new StringWriter();
        using var error = new StringWriter();
        var services = new CommandServices(output, error) { Environment = environment.GetValueOrDefault, Time = new HurriedTime(10), Pace = pace };
        int code = await AgentCommand.RunAsync([.. arguments[..1], .. config, .. arguments[1..]], services);
        return new AgentRun(code, output.ToString(), error.ToString());
    }
}
