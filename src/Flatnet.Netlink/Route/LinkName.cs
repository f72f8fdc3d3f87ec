using System.Text;
using static Flatnet.Interop.InterfaceConstants;

namespace Flatnet.Netlink.Route;

/// <summary>What the kernel takes as an interface name (<c>dev_valid_name</c>): 1 to 15 bytes, no slash, colon or white space.</summary>
internal static class LinkName
{
    internal static bool IsValid(string? name)
    {
        if (string.IsNullOrEmpty(name) || name is "." or ".." || Encoding.UTF8.GetByteCount(name) >= IFNAMSIZ)
        {
            return false;
        }

        foreach (char character in name)
        {
            if (character is '/' or ':' or '\0' || char.IsWhiteSpace(character))
            {
                return false;
            }
        }

        return true;
    }

    /// <exception cref="ArgumentException">The name is none the kernel takes.</exception>
    internal static string Require(string? name) => IsValid(name)
        ? name!
        : throw new ArgumentException(
            "\"" + name + "\" is no interface name: 1 to 15 bytes without slash, colon or white space", nameof(name));
}
