using Flatnet.Cni.Attachments;
using Flatnet.Cni.Protocol;

namespace Flatnet.Cni.FrontEnds;

/// <summary>One of the plugins this executable can be; its file name decides which.</summary>
internal interface IPlugin
{
    /// <summary>What it calls itself when somebody runs it by hand.</summary>
    public string About { get; }

    /// <summary>Serves one call; returns what goes to standard output.</summary>
    public ReadOnlyMemory<byte> Serve(CniRequest request, CallReport report);
}
