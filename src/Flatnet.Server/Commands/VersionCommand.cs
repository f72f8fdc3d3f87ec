using System.CommandLine;
using System.Reflection;

namespace Flatnet.Server.Commands;

/// <summary><c>flatnetd version</c>.</summary>
internal static class VersionCommand
{
    public static Command Create()
    {
        var command = new Command("version", "Show the version.");
        command.SetAction(arguments => arguments.InvocationConfiguration.Output.WriteLine($"flatnetd {Version}"));
        return command;
    }

    private static string Version =>
        typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
