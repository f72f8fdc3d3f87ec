using System.CommandLine;
using System.CommandLine.Parsing;
using Flatnet.Cli.Doctor;
using Flatnet.Cli.Documentation;
using Flatnet.Cli.Ipam;
using Flatnet.Cli.Logs;
using Flatnet.Cli.Networks;
using Flatnet.Cli.Ps;
using Flatnet.Cli.Setup;
using Flatnet.Cli.Status;
using Flatnet.Cli.Terminal;
using Flatnet.Ipam;
using Flatnet.Loki;
using Flatnet.Podman;

namespace Flatnet.Cli.Hosting;

/// <summary>The command with all its subcommands, and the one place where its errors are printed.</summary>
internal static class FlatnetCommand
{
    /// <summary>The definition of the whole command line.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Containers with a flat address: list them, read their logs, find out what is wrong.");
        root.Options.Add(GlobalOptions.Config);
        root.Options.Add(GlobalOptions.PodmanUrl);
        root.Options.Add(GlobalOptions.Color);
        root.Subcommands.Add(PsCommand.Create());
        root.Subcommands.Add(LogsCommand.Create());
        root.Subcommands.Add(StatusCommand.Create());
        root.Subcommands.Add(DoctorCommand.Create());
        root.Subcommands.Add(IpamCommand.Create());
        root.Subcommands.Add(NetworkCommand.Create());
        root.Subcommands.Add(SetupCommand.Create());
        root.Subcommands.Add(UnsetupCommand.Create());
        root.Subcommands.Add(CompletionCommand.Create());
        root.Subcommands.Add(ManualCommand.Create());
        HelpWithExamples.AddTo(root);
        root.SetAction((ParseResult arguments) => root.Parse("--help").Invoke(arguments.InvocationConfiguration));
        return root;
    }

    /// <summary>Runs the command line to its end.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CommandServices services)
    {
        services.EnableDefaultExceptionHandler = false;
        services.Output = services.Out;
        services.Error = services.ErrorOut;
        try
        {
            ParseResult parsed = Create().Parse(arguments);
            int code = parsed.Errors.Count > 0 && parsed.Action is not HelpWithExamples
                ? ExplainUsage(parsed, services.ErrorOut)
                : await parsed.InvokeAsync(services).ConfigureAwait(false);
            await services.Out.FlushAsync().ConfigureAwait(false);
            return code;
        }
        catch (OutputClosedException)
        {
            return ExitCodes.Success;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (Exception error)
        {
            return await ExplainAsync(error, services).ConfigureAwait(false);
        }
    }

    private static int ExplainUsage(ParseResult parsed, TextWriter error)
    {
        foreach (ParseError problem in parsed.Errors)
        {
            error.WriteLine("Error: " + problem.Message);
        }

        error.WriteLine($"See '{CommandPath.Of(parsed.CommandResult.Command)} --help'.");
        return ExitCodes.Usage;
    }

    private static async Task<int> ExplainAsync(Exception error, CommandServices services)
    {
        (string message, string advice, int code) = error switch
        {
            CommandException expected => (expected.Message, expected.Advice, expected.ExitCode),
            EngineException engine => (engine.Message, engine.Advice, ExitCodes.Failure),
            LokiException loki => (loki.Message, "", ExitCodes.Failure),
            IpamException ipam => (ipam.Message, ipam.Details ?? "", ExitCodes.Failure),
            ConfigException config => (config.Message, config.Details ?? "", ExitCodes.Failure),
            IOException io => (io.Message, "", ExitCodes.Failure),
            _ => ($"{error.GetType().Name}: {error.Message}", "This should not happen; please report it with the command that you typed.", ExitCodes.Failure),
        };
        try
        {
            await services.Out.FlushAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The error is still worth telling.
        }

        services.ErrorOut.WriteLine("Error: " + SafeText.Lines(message));
        if (advice.Length > 0)
        {
            services.ErrorOut.WriteLine(SafeText.Lines(advice));
        }

        return code;
    }
}
