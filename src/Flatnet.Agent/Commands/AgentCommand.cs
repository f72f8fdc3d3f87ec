using System.CommandLine;
using System.CommandLine.Parsing;
using Flatnet.Agent.Transport;
using Flatnet.Settings;

namespace Flatnet.Agent.Commands;

/// <summary>The command with all its subcommands, and the one place where its errors are printed.</summary>
internal static class AgentCommand
{
    public static RootCommand Create()
    {
        var root = new RootCommand("Runs a task and brings every line of its output to the log server.");
        root.Options.Add(AgentFlags.Config);
        root.Options.Add(AgentFlags.Verbose);
        root.Subcommands.Add(ExecuteCommand.Create());
        root.Subcommands.Add(LogCommand.Create());
        root.Subcommands.Add(HealthCommand.Create());
        root.Subcommands.Add(ConfigCommand.Create());
        root.Subcommands.Add(SpoolCommand.Create());
        root.SetAction((ParseResult arguments) => root.Parse("--help").Invoke(arguments.InvocationConfiguration));
        return root;
    }

    /// <summary>Runs the command line to its end.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CommandServices services)
    {
        ParseResult parsed = Create().Parse(arguments);
        Command command = parsed.CommandResult.Command;
        if (parsed.Errors.Count > 0)
        {
            foreach (ParseError problem in parsed.Errors)
            {
                services.Error.WriteLine("Error: " + problem.Message);
            }

            services.Error.WriteLine($"See 'flatnet-agent {command.Name} --help'.");
            return CodeOf(command, ExitCodes.Usage);
        }

        try
        {
            return await parsed.InvokeAsync(services).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (Exception error)
        {
            return CodeOf(command, Explain(error, services.Error));
        }
    }

    private static int Explain(Exception error, TextWriter output)
    {
        switch (error)
        {
            case SettingsException settings:
                foreach (SettingMistake mistake in settings.Mistakes)
                {
                    output.WriteLine("Error: " + mistake);
                }

                return ExitCodes.Usage;
            case CommandException expected:
                output.WriteLine("Error: " + expected.Message);
                return expected.ExitCode;
            case ServerException or IOException or UnauthorizedAccessException:
                output.WriteLine("Error: " + error.Message);
                return ExitCodes.Failure;
            default:
                output.WriteLine($"Error: {error.GetType().Name}: {error.Message}");
                output.WriteLine("This should not happen; please report it with the command that you typed.");
                return ExitCodes.Failure;
        }
    }

    // Whoever runs a task must be able to tell its exit codes from the agent's.
    private static int CodeOf(Command command, int code) => command.Name == ExecuteCommand.Name ? ExitCodes.AgentFailure : code;
}
