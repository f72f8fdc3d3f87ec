using System.CommandLine;
using System.Text;
using System.Text.Json;
using Flatnet.Server.Commands;
using Flatnet.Server.Hosting;

namespace Flatnet.Server.Auth.Commands;

/// <summary>Runs the commands of keys and users: on the files, whether the server runs or not.</summary>
internal static class AccountAction
{
    public static readonly Option<bool> Json = new("--json") { Description = "Write JSON." };

    /// <summary>Makes the command do this; what makes no sense about its arguments is a usage error.</summary>
    public static Command Doing(this Command command, Action<ParseResult, TextWriter> action)
    {
        command.SetAction(arguments =>
        {
            try
            {
                action(arguments, arguments.InvocationConfiguration.Output);
                return ExitCodes.Success;
            }
            catch (FormatException wrong)
            {
                throw new HostingException(wrong.Message, wrong);
            }
        });
        return command;
    }

    public static void WriteJson(TextWriter output, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            write(writer);
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }
}
