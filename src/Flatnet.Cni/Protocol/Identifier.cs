namespace Flatnet.Cni.Protocol;

/// <summary>The alphabet of container IDs and network names: <c>[A-Za-z0-9][A-Za-z0-9_.-]*</c>, the whole string.</summary>
internal static class Identifier
{
    /// <summary>Whether the text is an identifier; such a text is safe as one component of a path.</summary>
    public static bool IsValid(string text)
    {
        if (text.Length == 0 || !char.IsAsciiLetterOrDigit(text[0]))
        {
            return false;
        }

        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '-'))
            {
                return false;
            }
        }

        return true;
    }
}
