using System.Runtime.InteropServices;

namespace Flatnet.Interop;

/// <summary>Address of a netlink socket.</summary>
[CHeader("linux/netlink.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct sockaddr_nl
{
    internal ushort nl_family;
    internal ushort nl_pad;
    internal uint nl_pid;
    internal uint nl_groups;
}

/// <summary>Head of every netlink message; the length counts the head.</summary>
[CHeader("linux/netlink.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct nlmsghdr
{
    internal uint nlmsg_len;
    internal ushort nlmsg_type;
    internal ushort nlmsg_flags;
    internal uint nlmsg_seq;
    internal uint nlmsg_pid;
}

/// <summary>Body of NLMSG_ERROR: a negative errno or 0, then the head of the request.</summary>
[CHeader("linux/netlink.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct nlmsgerr
{
    internal int error;
    internal nlmsghdr msg;
}

/// <summary>Head of an attribute; the length counts the head but not the padding behind the value.</summary>
[CHeader("linux/netlink.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct nlattr
{
    internal ushort nla_len;
    internal ushort nla_type;
}
