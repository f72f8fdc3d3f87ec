using System.CommandLine;
using Flatnet.Cli.Ps.Formats;

namespace Flatnet.Cli.Hosting;

/// <summary>Errors for scripts: with <c>--json</c> they are a document on standard output, besides the text on standard error.</summary>
internal static class JsonErrors
{
    /// <summary>As <see cref="CommandActions.SetAction"/>, for a command whose errors can be JSON.</summary>
    public static void SetAction(this Command command, Option<bool> json, CommandAction action) => command.SetAction(async (context, arguments, cancellation) =>
    {
        try
        {
            return await action(context, arguments, cancellation).ConfigureAwait(false);
        }
        catch (CommandException error) when (arguments.GetValue(json))
        {
            context.Out.Write(JsonFormat.Error(error.Code, error.Message, isCompact: false));
            throw;
        }
    });
}
