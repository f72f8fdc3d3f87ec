using Flatnet.Ipam;

namespace Flatnet.Cni.Addressing;

/// <summary>Where an attachment's addresses come from: our own leases, or an IPAM plugin run as the specification says.</summary>
internal interface IAddressSource
{
    /// <summary>Takes addresses for the attachment; fails without having taken any.</summary>
    public IpamResult Acquire();

    /// <summary>Gives the attachment's addresses back; none held is fine.</summary>
    public void Release();

    /// <summary>Fails when the attachment holds no address.</summary>
    public void Check();

    /// <summary>Gives back what no attachment in <paramref name="valid"/> holds.</summary>
    public void CollectGarbage(IReadOnlySet<Attachment> valid);

    /// <summary>Fails when <see cref="Acquire"/> would; changes nothing.</summary>
    public void CheckReady();
}
