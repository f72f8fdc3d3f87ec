using Flatnet.Cni.Addressing;
using Flatnet.Cni.Attachments;
using Flatnet.Cni.Protocol;
using Flatnet.Cni.Results;
using Flatnet.Ipam;

namespace Flatnet.Cni.FrontEnds;

/// <summary>The IPAM plugin, <c>flatnet-ipam</c>: our leases for any other main plugin.</summary>
internal sealed class IpamPlugin : IPlugin
{
    /// <inheritdoc/>
    public string About => "flatnet-ipam: CNI IPAM plugin whose addresses stick to container names";

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Serve(CniRequest request, CallReport report)
    {
        switch (request.Invocation.Command)
        {
            case CniCommand.Add:
                return Add(request, report);
            case CniCommand.Del:
                Source(request, ArgumentsForRemoval(request, report), report, forRemoval: true).Release();
                break;
            case CniCommand.Check:
                Source(request, CniArguments.Parse(request.Invocation.Arguments), report).Check();
                break;
            case CniCommand.Gc:
                CollectGarbage(request, report);
                break;
            case CniCommand.Status:
                Source(request, new CniArguments(), report).CheckReady();
                break;
        }

        return default;
    }

    private static ReadOnlyMemory<byte> Add(CniRequest request, CallReport report)
    {
        IpamResult lease = Source(request, CniArguments.Parse(request.Invocation.Arguments), report).Acquire();
        var addresses = new List<ResultAddress>(lease.Addresses.Length);
        foreach (AssignedAddress address in lease.Addresses)
        {
            addresses.Add(new ResultAddress(address.Address, address.PrefixLength, address.Gateway));
        }

        return ResultWriter.Write(request.Version, new CniResult { Addresses = addresses, Routes = lease.Routes, Dns = lease.Dns });
    }

    private static void CollectGarbage(CniRequest request, CallReport report)
    {
        if (ValidAttachments.Read(request.Source) is { } valid)
        {
            Source(request, new CniArguments(), report).CollectGarbage(valid);
        }
        else
        {
            report.Warn("GC without cni.dev/valid-attachments: nothing is freed, because nobody said what is still in use");
        }
    }

    private static CniArguments ArgumentsForRemoval(CniRequest request, CallReport report)
    {
        try
        {
            return CniArguments.Parse(request.Invocation.Arguments);
        }
        catch (CniException error)
        {
            report.Warn(error.OneLine);
            return new CniArguments();
        }
    }

    private static LeaseSource Source(CniRequest request, CniArguments arguments, CallReport report, bool forRemoval = false)
    {
        IpamConfiguration configuration = forRemoval
            ? AddressSources.ReadForRemoval(request.Source, request.Network, arguments.Ip)
            : IpamConfigurationReader.Read(request.Source, arguments.Ip);
        report.ContainerName = arguments.ContainerName;
        return new LeaseSource(configuration, AttachmentRequest.From(request, arguments), arguments.Mac, derivesMac: false, report);
    }
}
