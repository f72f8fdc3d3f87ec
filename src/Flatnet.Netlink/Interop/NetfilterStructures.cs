using System.Runtime.InteropServices;

namespace Flatnet.Interop;

/// <summary>Head of every nfnetlink message; <c>res_id</c> is in network byte order.</summary>
[CHeader("linux/netfilter/nfnetlink.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct nfgenmsg
{
    internal byte nfgen_family;
    internal byte version;
    internal ushort res_id;
}
