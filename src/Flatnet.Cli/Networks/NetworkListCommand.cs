using System.CommandLine;
using System.Globalization;
using Flatnet.Cli.Hosting;
using Flatnet.Cli.Json;
using Flatnet.Cli.Terminal;

namespace Flatnet.Cli.Networks;

/// <summary><c>flatnet network ls</c>.</summary>
internal static class NetworkListCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON document." };

    public static Command Create()
    {
        var command = new Command("ls", "List the networks of Flatnet.") { Json };
        command.SetAction(Json, static (context, arguments, _) => Task.FromResult(Run(context, arguments)));
        return command;
    }

    private static int Run(CommandContext context, ParseResult arguments)
    {
        InstalledNetworks installed = new CniBackend(NetworkCommand.DirectoryOf(context, arguments)).Read();
        foreach (NetworkFileProblem problem in installed.Problems)
        {
            context.Error.WriteLine($"Warning: {problem.File}: {SafeText.For(problem.Message, keepColors: false)}");
        }

        InstalledNetwork[] networks = [.. installed.Networks.Where(network => network.IsFlatnet)];
        if (arguments.GetValue(Json))
        {
            JsonOutput.Write(context.Out, writer =>
            {
                writer.WriteStartArray("networks");
                foreach (InstalledNetwork network in networks)
                {
                    writer.WriteStartObject();
                    writer.WriteString("name", network.Name);
                    writer.WriteStrings("subnets", network.Subnets.Select(subnet => subnet.ToString()));
                    writer.WriteStrings("gateways", network.Gateways.Select(gateway => gateway.ToString()));
                    writer.WriteString("bridge", network.Bridge);
                    writer.WriteNumber("mtu", network.Mtu);
                    writer.WriteBoolean("masquerade", network.IpMasq);
                    writer.WriteString("file", network.File);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            });
            return ExitCodes.Success;
        }

        List<IReadOnlyList<string>> rows = [["NAME", "SUBNET", "GATEWAY", "BRIDGE", "MTU", "FILE"]];
        rows.AddRange(networks.Select(Row));
        PlainTable.Write(context.Out, rows);
        return ExitCodes.Success;
    }

    private static string[] Row(InstalledNetwork network) =>
    [
        SafeText.For(network.Name, keepColors: false),
        Text(string.Join(',', network.Subnets)),
        Text(string.Join(',', network.Gateways.AsEnumerable())),
        Text(SafeText.For(network.Bridge ?? "", keepColors: false)),
        network.Mtu == 0 ? "uplink" : network.Mtu.ToString(CultureInfo.InvariantCulture),
        network.File,
    ];

    private static string Text(string text) => text.Length == 0 ? "-" : text;
}
