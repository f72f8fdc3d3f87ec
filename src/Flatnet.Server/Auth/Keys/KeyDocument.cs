using System.Collections.Immutable;

namespace Flatnet.Server.Auth.Keys;

/// <summary>The file of API keys.</summary>
/// <param name="Version">Of its format.</param>
/// <param name="Keys">All of them, also those that have expired.</param>
internal sealed record KeyDocument(int Version, ImmutableArray<ApiKey> Keys)
{
    public static readonly KeyDocument Empty = new(1, []);

    /// <exception cref="FormatException">It makes no sense.</exception>
    public void Check()
    {
        if (Version != 1)
        {
            throw new FormatException($"It has the version {Version}, and this program knows 1 alone.");
        }

        foreach (ApiKey? key in Keys)
        {
            (key ?? throw new FormatException("A key is null.")).Grant.Checked();
        }
    }
}
