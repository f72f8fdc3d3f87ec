using System.CommandLine;
using Flatnet.Server.Configuration;
using Flatnet.Server.Hosting;

namespace Flatnet.Server.Commands;

/// <summary><c>flatnetd serve</c>: runs the server until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Run the log server until SIGTERM or Ctrl-C. The default.");
        command.SetAction(RunAsync);
        return command;
    }

    public static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        await using WebApplication server = ServerHost.Build(ConfigurationOptions.Read(arguments));
        await server.StartAsync(cancellation);
        ServerMessages.LogListening(server.Logger, string.Join(", ", server.Urls));
        await server.WaitForShutdownAsync(cancellation);
        return ExitCodes.Success;
    }
}
