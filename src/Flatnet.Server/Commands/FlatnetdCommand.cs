using System.CommandLine;
using Flatnet.Server.Auth.Commands;
using Flatnet.Server.Configuration;
using Flatnet.Server.Hosting;
using Flatnet.Server.Storage;
using Flatnet.Settings;

namespace Flatnet.Server.Commands;

/// <summary>The command line, and the one place where its errors are printed.</summary>
internal static class FlatnetdCommand
{
    public static RootCommand Create()
    {
        var root = new RootCommand("The log server: takes the lines of tasks, keeps them, and shows them to everybody at once.");
        ConfigurationOptions.AddTo(root);
        root.Subcommands.Add(ServeCommand.Create());
        root.Subcommands.Add(ConfigCommand.Create());
        root.Subcommands.Add(TokenCommand.Create(arguments => ConfigurationOptions.Read(arguments).Auth));
        root.Subcommands.Add(UserCommand.Create(arguments => ConfigurationOptions.Read(arguments).Auth, PasswordPrompt.Read));
        root.Subcommands.Add(VersionCommand.Create());
        root.SetAction(ServeCommand.RunAsync);
        return root;
    }

    /// <summary>Runs the command line to its end.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        ParseResult parsed = Create().Parse(arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is not System.CommandLine.Help.HelpAction)
        {
            return Explain(error, parsed.Errors.Select(problem => problem.Message), ExitCodes.Usage);
        }

        try
        {
            // Signals are the host's: it lets running requests end for as long as server.shutdownTimeout says.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = output, Error = error });
        }
        catch (SettingsException wrong)
        {
            return Explain(error, wrong.Mistakes.Select(mistake => mistake.ToString()), ExitCodes.Usage);
        }
        catch (HostingException wrong)
        {
            return Explain(error, [wrong.Message], ExitCodes.Usage);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or StoreException)
        {
            return Explain(error, [failed.Message], ExitCodes.Failure);
        }
    }

    private static int Explain(TextWriter error, IEnumerable<string> problems, int code)
    {
        foreach (string problem in problems)
        {
            error.WriteLine("Error: " + problem);
        }

        return code;
    }
}
