using System.Text;

namespace Flatnet.Ipam;

/// <summary>An attachment in the form it is compared in.</summary>
internal readonly record struct Utf8Attachment
{
    internal Utf8Attachment(string containerId, string interfaceName)
    {
        ContainerId = Encoding.UTF8.GetBytes(containerId);
        InterfaceName = Encoding.UTF8.GetBytes(interfaceName);
    }

    internal byte[] ContainerId { get; }

    internal byte[] InterfaceName { get; }
}
