using Flatnet.Cni.Addressing;
using Flatnet.Cni.Attachments;
using Flatnet.Cni.Configuration;
using Flatnet.Cni.Protocol;
using Flatnet.Cni.Results;
using Flatnet.Ipam;
using Flatnet.Netlink;

namespace Flatnet.Cni.FrontEnds;

/// <summary>The main plugin, <c>flatnet</c>: bridge, pair, addresses, rules.</summary>
internal sealed class MainPlugin : IPlugin
{
    /// <inheritdoc/>
    public string About => "flatnet: CNI plugin that gives containers flat addresses on a bridge";

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Serve(CniRequest request, CallReport report)
    {
        switch (request.Invocation.Command)
        {
            case CniCommand.Add:
                return Add(request, report);
            case CniCommand.Del:
                Delete(request, report);
                break;
            case CniCommand.Check:
                Check(request, report);
                break;
            case CniCommand.Gc:
                CollectGarbage(request, report);
                break;
            case CniCommand.Status:
                CheckReady(request, report);
                break;
        }

        return default;
    }

    private static ReadOnlyMemory<byte> Add(CniRequest request, CallReport report)
    {
        NetworkConfiguration network = Read(request);
        AttachmentRequest attachment = Attachment(request, network.Arguments, report);
        ResultWriter.CheckExpressible(request.Version, hasAddresses: !network.IsLayer2);
        IAddressSource? addresses = AddressSources.For(network, attachment, request.Invocation.Path, request.Input, report);
        return ResultWriter.Write(request.Version, new AttachmentSetup(network, attachment, addresses, report).Run());
    }

    // What was attached under an older configuration must go all the same, so nothing here insists on a valid one.
    private static void Delete(CniRequest request, CallReport report)
    {
        NetworkConfiguration network;
        try
        {
            network = Read(request);
        }
        catch (Exception error) when (error is ConfigException or CniException)
        {
            report.Warn($"the configuration is invalid, removing what can be found: {error.Message}");
            network = NetworkConfigurationReader.ReadForRemoval(request.Source, request.Network, request.Version);
        }

        AttachmentRequest attachment = Attachment(request, network.Arguments, report);
        IAddressSource? addresses = AddressSources.For(network, attachment, request.Invocation.Path, request.Input, report, forRemoval: true);
        new AttachmentTeardown(network, attachment, addresses, report).Run();
    }

    private static void Check(CniRequest request, CallReport report)
    {
        NetworkConfiguration network = Read(request);
        ConfigObject previous = request.Source.Object("prevResult")
            ?? throw new CniException(ErrorCode.InvalidConfiguration, "Required prevResult missing", "CHECK compares with what ADD answered");
        CniResult result = ReadPrevious(previous, request.Version);
        AttachmentRequest attachment = Attachment(request, network.Arguments, report);
        IAddressSource? addresses = AddressSources.For(network, attachment, request.Invocation.Path, request.Input, report);
        new AttachmentCheck(network, attachment, result, addresses, report).Run();
    }

    private static CniResult ReadPrevious(ConfigObject previous, string version)
    {
        try
        {
            return ResultReader.ReadPrevious(previous, version);
        }
        catch (ConfigException error)
        {
            throw new CniException(ErrorCode.Decoding, $"could not parse prevResult: {error.Message}", error.Details, error);
        }
    }

    private static void CollectGarbage(CniRequest request, CallReport report)
    {
        NetworkConfiguration network = Read(request);
        if (ValidAttachments.Read(request.Source) is not { } valid)
        {
            report.Warn("GC without cni.dev/valid-attachments: nothing is freed, because nobody said what is still in use");
            return;
        }

        IAddressSource? addresses = AddressSources.For(network, Network(request), request.Invocation.Path, request.Input, report);
        new AttachmentGarbage(network, addresses, report).Collect(valid);
    }

    private static void CheckReady(CniRequest request, CallReport report)
    {
        NetworkConfiguration network = Read(request);
        AddressSources.For(network, Network(request), request.Invocation.Path, request.Input, report)?.CheckReady();
        using RouteSocket host = RouteSocket.Open();
        LinkInfo? bridge = host.FindLink(network.Bridge);
        if (bridge is null && !network.ManageBridge)
        {
            throw new CniException(ErrorCode.NotAvailable, $"bridge \"{network.Bridge}\" does not exist and manageBridge is false", "create it, or let flatnet manage it");
        }

        if (bridge is not null && bridge.Kind != "bridge")
        {
            throw new CniException(
                ErrorCode.NotAvailable, $"\"{network.Bridge}\" already exists but is not a bridge", $"it is a {bridge.Kind ?? "device"}; rename it or choose another bridge");
        }
    }

    private static NetworkConfiguration Read(CniRequest request) =>
        NetworkConfigurationReader.Read(request.Source, request.Network, request.Version, request.Invocation.Arguments);

    private static AttachmentRequest Attachment(CniRequest request, CniArguments arguments, CallReport report)
    {
        report.ContainerName = arguments.ContainerName;
        return AttachmentRequest.From(request, arguments);
    }

    // GC and STATUS are about no attachment.
    private static AttachmentRequest Network(CniRequest request) => AttachmentRequest.From(request, new CniArguments());
}
