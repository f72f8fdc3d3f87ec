using System.Buffers;

namespace Flatnet.Loki.Http;

/// <summary>The rule for the header that names a tenant.</summary>
internal static class TenantName
{
    private const int LongestName = 150;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!-_.*'()");

    /// <exception cref="ArgumentException">It is not a tenant, nor several joined with <c>|</c>.</exception>
    public static void Validate(string tenant)
    {
        foreach (var name in tenant.Split('|'))
        {
            if (name.Length is 0 or > LongestName || name is "." or ".." || name.AsSpan().ContainsAnyExcept(Allowed))
            {
                throw new ArgumentException(
                    $"'{name}' is not a tenant of Loki: 1 to {LongestName} letters, digits and !-_.*'() are allowed, but not . or .. alone.");
            }
        }
    }

    public static bool IsSeveral(string? tenant) => tenant?.Contains('|') == true;
}
