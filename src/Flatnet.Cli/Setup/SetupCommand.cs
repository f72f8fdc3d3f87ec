using System.CommandLine;
using Flatnet.Cli.Files;
using Flatnet.Cli.Hosting;
using Flatnet.Ipam;

namespace Flatnet.Cli.Setup;

/// <summary><c>flatnet setup</c>.</summary>
internal static class SetupCommand
{
    private static readonly Option<string?> From = new("--from")
    {
        Description = "The directory with the plugin; by default ../cni beside this program, or /usr/local/lib/flatnet.",
        HelpName = "DIR",
    };

    private static readonly Option<string?> Subnet = new("--subnet")
    {
        Description = "The addresses of the network flatnet; by default 10.87.1.0/24.",
        HelpName = "CIDR",
    };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only print what would be changed." };

    private static readonly Option<bool> Force = new("--force")
    {
        Description = $"Replace files of others, which are kept with {SetupPlan.BackupSuffix} behind their names, and take a subnet that is in use.",
    };

    public static Command Create()
    {
        var command = new Command("setup", "Install the plugin and the network flatnet, and switch forwarding on; flatnet unsetup undoes it.")
        {
            From, Subnet, DryRun, Force,
        };
        command.Validators.Add(static result =>
        {
            if (result.GetValue(Subnet) is { } subnet && !IpPrefix.TryParse(subnet, out _))
            {
                result.AddError("--subnet takes a subnet such as 10.87.2.0/24");
            }
        });
        command.SetAction(static (context, arguments, _) => Task.FromResult(Run(context, arguments)));
        return command;
    }

    private static int Run(CommandContext context, ParseResult arguments)
    {
        var journal = SetupJournal.Open(context.Root);
        var plan = new SetupPlan(context, journal, arguments.GetValue(Force));
        IpPrefix? subnet = IpPrefix.TryParse(arguments.GetValue(Subnet), out IpPrefix wish) ? wish : null;
        byte[] plugin = PluginFile.Read(context, arguments.GetValue(From));
        AtomicFile.Explained("cannot look at what is there", () =>
        {
            plan.Make(plugin, subnet);
            return true;
        });
        foreach (string note in plan.Notes)
        {
            context.Error.WriteLine(note);
        }

        if (plan.Steps.Count == 0)
        {
            context.Out.Write("Everything is in place already.\n");
        }
        else if (arguments.GetValue(DryRun))
        {
            foreach (SetupStep step in plan.Steps)
            {
                context.Out.Write(step.Description + "\n");
            }

            context.Out.Flush();
            context.Error.WriteLine("Nothing was changed.");
        }
        else
        {
            new SetupRun(context, journal).Execute(plan.Steps);
            context.Out.Flush();
            context.Error.WriteLine("Done. Try it: sudo podman run --rm --network flatnet IMAGE ip addr");
        }

        return ExitCodes.Success;
    }
}
