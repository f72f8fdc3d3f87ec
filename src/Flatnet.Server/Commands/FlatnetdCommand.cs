using System.CommandLine;
using System.CommandLine.Parsing;
using Flatnet.Server.Hosting;

namespace Flatnet.Server.Commands;

/// <summary>The command line, and the one place where its errors are printed.</summary>
internal static class FlatnetdCommand
{
    public static RootCommand Create()
    {
        var root = new RootCommand("The log server: takes the lines of tasks, keeps them, and shows them to everybody at once.");
        root.Subcommands.Add(ServeCommand.Create());
        root.SetAction(ServeCommand.RunAsync);
        return root;
    }

    /// <summary>Runs the command line to its end.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        ParseResult parsed = Create().Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (ParseError problem in parsed.Errors)
            {
                error.WriteLine("Error: " + problem.Message);
            }

            return ExitCodes.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error });
        }
        catch (HostingException wrong)
        {
            error.WriteLine("Error: " + wrong.Message);
            return ExitCodes.Usage;
        }
        catch (IOException failed)
        {
            error.WriteLine("Error: " + failed.Message);
            return ExitCodes.Failure;
        }
    }
}
