using Flatnet.Cni.Protocol;
using Flatnet.Ipam;
using Flatnet.Netlink;

namespace Flatnet.Cni.Attachments;

/// <summary>Gives the typed failures of the libraries their CNI code.</summary>
internal static class Failures
{
    /// <summary>A kernel refusal in the step that <paramref name="code"/> stands for.</summary>
    public static CniException From(NetlinkException error, ErrorCode code) => new(code, error.Message, null, error);

    /// <summary>Any failure the libraries declare; anything else is a defect and becomes code 100.</summary>
    public static CniException From(Exception error) => error switch
    {
        CniException cni => cni,
        ConfigException config => new CniException(ErrorCode.InvalidConfiguration, config.Message, config.Details, config),
        IpamException ipam => new CniException(Code(ipam.Failure), ipam.Message, ipam.Details, ipam),
        NamespaceException ns => new CniException(ErrorCode.NamespaceUnavailable, ns.Message, null, ns),
        SysctlException sysctl => new CniException(ErrorCode.SysctlFailed, sysctl.Message, null, sysctl),
        NetlinkException netlink => From(netlink, ErrorCode.LinkFailed),
        _ => new CniException(ErrorCode.Internal, $"internal error: {error.GetType().Name}: {error.Message}", "this is a defect of flatnet; please report it", error),
    };

    private static ErrorCode Code(IpamFailure failure) => failure switch
    {
        IpamFailure.Exhausted => ErrorCode.PoolExhausted,
        IpamFailure.AddressUnavailable or IpamFailure.GatewayRequested => ErrorCode.AddressUnavailable,
        IpamFailure.AddressNotInRange => ErrorCode.AddressNotInRange,
        IpamFailure.DuplicateAllocation => ErrorCode.DuplicateAllocation,
        IpamFailure.LockTimeout => ErrorCode.TryAgainLater,
        IpamFailure.StateUnreadable => ErrorCode.StateUnreadable,
        IpamFailure.StateUnwritable => ErrorCode.StateUnwritable,
        IpamFailure.NotAllocated => ErrorCode.CheckFailed,
        IpamFailure.ResolvConf => ErrorCode.ResolvConfUnreadable,
        _ => ErrorCode.Internal,
    };
}
