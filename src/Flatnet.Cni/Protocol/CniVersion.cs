namespace Flatnet.Cni.Protocol;

/// <summary>The specification versions this plugin speaks, and the gates that hang on them (spec 1.1.0, "Version considerations").</summary>
internal static class CniVersion
{
    /// <summary>The version a configuration without <c>cniVersion</c> means.</summary>
    public const string Default = "0.1.0";

    /// <summary>The version printed by VERSION, whatever was asked.</summary>
    public const string Newest = "1.1.0";

    private static readonly string[] All = ["0.1.0", "0.2.0", "0.3.0", "0.3.1", "0.4.0", "1.0.0", "1.1.0"];

    /// <summary>Every supported version, oldest first.</summary>
    public static ReadOnlySpan<string> Supported => All;

    /// <summary>Whether the exact text is a supported version; <c>1.0</c> is not <c>1.0.0</c> here.</summary>
    public static bool IsSupported(string version) => Array.IndexOf(All, version) >= 0;

    /// <summary>Whether <paramref name="version"/> is <paramref name="minimum"/> or newer; both must be supported.</summary>
    public static bool IsAtLeast(string version, string minimum) => Array.IndexOf(All, version) >= Array.IndexOf(All, minimum);

    /// <summary>
    /// Whether a result written as <paramref name="result"/> may stand in a configuration of version
    /// <paramref name="configuration"/>: the versions fall into three groups that share a result type.
    /// </summary>
    public static bool SharesResultType(string configuration, string result) => Group(configuration) == Group(result) && Group(result) >= 0;

    /// <summary>The versions of the group that <paramref name="version"/> belongs to, for messages.</summary>
    public static string GroupText(string version) => Group(version) switch
    {
        0 => "[0.1.0 0.2.0]",
        1 => "[0.3.0 0.3.1 0.4.0]",
        _ => "[1.0.0 1.1.0]",
    };

    /// <summary>Whether the text is one to three dot-separated numbers, as the library parses versions.</summary>
    public static bool IsWellFormed(string version)
    {
        string[] parts = version.Split('.');
        if (parts.Length > 3)
        {
            return false;
        }

        foreach (string part in parts)
        {
            if (part.Length is 0 or > 9 || part.AsSpan().ContainsAnyExceptInRange('0', '9'))
            {
                return false;
            }
        }

        return true;
    }

    private static int Group(string version) => version switch
    {
        "0.1.0" or "0.2.0" => 0,
        "0.3.0" or "0.3.1" or "0.4.0" => 1,
        "1.0.0" or "1.1.0" => 2,
        _ => -1,
    };
}
