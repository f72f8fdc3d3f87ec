using System.Text;

namespace Flatnet.Cni.Attachments;

/// <summary>FNV-1a with 64 bits: names need to be spread, not secret, and a cryptographic hash would pull in OpenSSL.</summary>
internal static class Fnv1a
{
    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>The hash of the parts, each followed by a NUL so that no two lists of parts read the same.</summary>
    public static ulong Hash(params ReadOnlySpan<string> parts)
    {
        ulong hash = OffsetBasis;
        foreach (string part in parts)
        {
            foreach (byte octet in Encoding.UTF8.GetBytes(part))
            {
                hash = (hash ^ octet) * Prime;
            }

            hash *= Prime;
        }

        return hash;
    }
}
