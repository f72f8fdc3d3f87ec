using Flatnet.Agent.Commands;

namespace Flatnet.Agent.Tests.Support;

/// <summary>One run of the command line inside the test.</summary>
internal sealed record AgentRun(int ExitCode, string Output, string Error)
{
    public static async Task<AgentRun> OfAsync(TestDirectory directory, Dictionary<string, string> variables, params string[] arguments)
    {
        Dictionary<string, string> environment = new(variables) { ["HOME"] = directory.Path };
        environment.TryAdd("FLATNET_SPOOL_DIR", directory.File("spool"));
        string[] config = arguments.Contains("--config") ? [] : ["--config", directory.File("agent.yaml", "")];
        using var output = new StringWriter();
        using var error = new StringWriter();
        var services = new CommandServices(output, error) { Environment = environment.GetValueOrDefault, Time = new HurriedTime() };
        int code = await AgentCommand.RunAsync([.. arguments[..1], .. config, .. arguments[1..]], services);
        return new AgentRun(code, output.ToString(), error.ToString());
    }
}
