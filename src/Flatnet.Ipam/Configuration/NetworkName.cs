namespace Flatnet.Ipam;

/// <summary>The alphabet the CNI specification allows for network names and container IDs:
/// <c>[A-Za-z0-9][A-Za-z0-9_.-]*</c>. Such a name is safe as a path component.</summary>
internal static class NetworkName
{
    // NAME_MAX of linux/limits.h.
    private const int LongestName = 255;

    internal static bool IsValid(string name)
    {
        if (name.Length is 0 or > LongestName || !char.IsAsciiLetterOrDigit(name[0]))
        {
            return false;
        }

        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '-'))
            {
                return false;
            }
        }

        return true;
    }
}
