using System.Text;

namespace Flatnet.Cni.Protocol;

/// <summary>What the kernel accepts as the name of a network interface (<c>dev_valid_name</c>, <c>IFNAMSIZ</c> in linux/if.h).</summary>
internal static class InterfaceName
{
    /// <summary>The longest name in bytes: <c>IFNAMSIZ</c> less the terminating NUL.</summary>
    public const int MaxBytes = 15;

    /// <summary>Why the text cannot name an interface, in the CNI library's words; null when it can.</summary>
    public static (string Message, string Details)? Problem(string name)
    {
        if (name.Length == 0)
        {
            return ("interface name is empty", "an interface name has 1 to 15 bytes");
        }

        if (Encoding.UTF8.GetByteCount(name) > MaxBytes)
        {
            return ("interface name is too long", "interface name should be less than 16 characters");
        }

        if (name is "." or "..")
        {
            return ("interface name is . or ..", "choose another name");
        }

        foreach (char c in name)
        {
            if (c is '/' or ':' or '\0' || char.IsWhiteSpace(c))
            {
                return ("interface name contains / or : or whitespace characters", "remove them");
            }
        }

        return null;
    }
}
