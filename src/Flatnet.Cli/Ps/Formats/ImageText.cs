namespace Flatnet.Cli.Ps.Formats;

/// <summary>An image reference short enough for a column.</summary>
internal static class ImageText
{
    private const int Longest = 25;
    private const int Kept = 22;
    private const int DigestDigits = 12;
    private const string DigestMark = "@sha256:";

    /// <summary>Without registry and path, and cut if still long; of a digest, its beginning.</summary>
    public static string Shorten(string reference)
    {
        string name = reference[(reference.LastIndexOf('/') + 1)..];
        int digest = name.IndexOf(DigestMark, StringComparison.Ordinal);
        if (digest >= 0)
        {
            return name[..Math.Min(name.Length, digest + DigestMark.Length + DigestDigits)];
        }

        return name.Length > Longest ? name[..Kept] + "..." : name;
    }
}
