using System.Buffers;

namespace Flatnet.Logs.Redaction;

/// <summary>
/// The secrets that are masked without being asked for. Two vectorised searches find the places where one may be; a line without
/// any costs no more. From such a place each rule looks ahead over what it then masks, or over a bounded number of characters:
/// the time is linear in the length of the text.
/// </summary>
internal static class Secrets
{
    // A private key's begin is here, too, so that the searches tell that a line needs no closer look.
    private static readonly SearchValues<string> Names = SearchValues.Create(
        [.. SecretKeys.Stems, "authorization", "bearer", "basic", PrivateKeyBlock.Begin], StringComparison.OrdinalIgnoreCase);

    // Apart from the names: a search for many strings at once is several times slower than two for some each.
    private static readonly SearchValues<string> Shapes = SearchValues.Create([.. IssuedTokens.Prefixes, "eyJ", "://"], StringComparison.Ordinal);

    /// <summary>Whether a secret may be in the text.</summary>
    public static bool MayBeIn(ReadOnlySpan<char> text) => text.ContainsAny(Names) || text.ContainsAny(Shapes);

    /// <summary>The text with its secrets masked; the same object when there is none.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="reachesEnd">The last secret ends with the text, so that it may go on in the next part of a cut line.</param>
    public static string Mask(string text, out bool reachesEnd)
    {
        var masking = new Masking(text);
        int name = Next(text, 0, Names);
        int shape = Next(text, 0, Shapes);
        while (Math.Min(name, shape) is var trigger && trigger < text.Length)
        {
            Secret secret = Find(text, trigger);
            if (secret.IsThere)
            {
                masking.Mask(secret.Start, secret.End, secret.Mark);
            }

            name = name < secret.Next ? Next(text, secret.Next, Names) : name;
            shape = shape < secret.Next ? Next(text, secret.Next, Shapes) : shape;
        }

        reachesEnd = masking.ReachesEnd;
        return masking.Result;
    }

    private static int Next(string text, int position, SearchValues<string> triggers) =>
        text.AsSpan(position).IndexOfAny(triggers) is var found and >= 0 ? position + found : text.Length;

    private static Secret Find(ReadOnlySpan<char> text, int trigger)
    {
        ReadOnlySpan<char> rest = text[trigger..];
        if (rest[0] == ':')
        {
            return UrlPassword.Find(text, trigger);
        }

        if (rest[0] == '-')
        {
            return Secret.None(trigger + 1);
        }

        if (rest.StartsWith("eyJ"))
        {
            return JsonWebToken.Find(text, trigger);
        }

        if (rest.StartsWith("bearer", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("basic", StringComparison.OrdinalIgnoreCase))
        {
            return AuthorizationScheme.Find(text, trigger);
        }

        Secret issued = IssuedTokens.Find(text, trigger);
        return issued.IsThere ? issued : SecretKeys.Find(text, trigger);
    }
}
