using System.CommandLine;
using Flatnet.Cli.Addresses;
using Flatnet.Cli.Configuration;
using Flatnet.Cli.Gateway;
using Flatnet.Cli.Hosting;
using Flatnet.Cli.Ps.Formats;
using Flatnet.Cli.Ps.Listing;
using Flatnet.Cli.Ps.Watching;
using Flatnet.Podman;

namespace Flatnet.Cli.Ps;

/// <summary><c>flatnet ps</c>.</summary>
internal static class PsCommand
{
    // A list must not wait longer for what is only an addition to it.
    private static readonly TimeSpan LongestGatewayTimeout = TimeSpan.FromSeconds(1);

    public static Command Create() => Create(static (context, cancellation) => PodmanEngine.ConnectAsync(
        new EngineOptions { Url = context.Settings.PodmanUrl, Environment = context.Environment }, cancellation));

    /// <summary>The command, with another way to find the engine.</summary>
    internal static Command Create(Func<CommandContext, CancellationToken, Task<IContainerEngine>> connect)
    {
        var command = new Command("ps", "List containers with their Flatnet addresses.");
        var arguments = new PsArguments();
        arguments.AddTo(command);
        command.SetAction((context, parsed, cancellation) => RunAsync(context, arguments.Read(parsed), connect, cancellation));
        return command;
    }

    internal static async Task<int> RunAsync(
        CommandContext context,
        PsOptions options,
        Func<CommandContext, CancellationToken, Task<IContainerEngine>> connect,
        CancellationToken cancellation)
    {
        IPsFormat format = PsFormats.Choose(options, context.Terminal);
        PsNeeds needs = options.Needs | format.Needs;
        AddressSources? sources = needs.HasFlag(PsNeeds.Addresses) && !options.NoAddresses ? SourcesOf(context, options) : null;
        await using var lister = new PsLister(
            token => connect(context, token), sources, context.Settings.Network, options, needs, context.Time);
        try
        {
            if (options.Watch is { } interval)
            {
                await new PsWatch(lister, PsViews.Choose(context, format, options), interval, context.Time).RunAsync(cancellation);
                return ExitCodes.Success;
            }

            PsListing listing;
            using (context.ShowProgress("asking Podman"))
            {
                listing = await lister.ListAsync(cancellation);
            }

            format.Write(context.Out, listing);
            if (!format.HidesWarnings)
            {
                PsWarnings.Write(context.Error, listing.Warnings);
            }

            return ExitCodes.Success;
        }
        catch (EngineException e)
        {
            if (options.Json)
            {
                context.Out.Write(JsonFormat.Error(CodeOf(e.Failure), e.Message, isCompact: options.Watch is not null));
            }

            throw new CommandException(e.Message, AdviceOf(e), inner: e);
        }
    }

    private static AddressSources SourcesOf(CommandContext context, PsOptions options)
    {
        Settings settings = context.Settings;
        if (settings.GatewayUrl is null && !options.Remote)
        {
            return new AddressSources(context, null);
        }

        TimeSpan timeout = settings.GatewayTimeout < LongestGatewayTimeout ? settings.GatewayTimeout : LongestGatewayTimeout;
        return new AddressSources(context, new GatewayRegistry(GatewayAddress.Find(context), timeout));
    }

    private static string AdviceOf(EngineException e)
    {
        const string Installed = "Make sure Podman is installed and running.";
        return e.Failure != EngineFailure.Absent || e.Advice.Contains(Installed, StringComparison.Ordinal)
            ? e.Advice
            : e.Advice.Length > 0 ? Installed + "\n" + e.Advice : Installed;
    }

    private static string CodeOf(EngineFailure failure) => failure switch
    {
        EngineFailure.Absent => "podman_absent",
        EngineFailure.Denied => "podman_denied",
        EngineFailure.Timeout => "podman_timeout",
        _ => "podman_refused",
    };
}
