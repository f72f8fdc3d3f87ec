using System.Buffers;

namespace Flatnet.Logs.Redaction;

/// <summary>
/// The secrets that are masked without being asked for. One vectorised search finds the places where one may be; a line without
/// any costs no more. From such a place each rule looks ahead over what it then masks, or over a bounded number of characters:
/// the time is linear in the length of the text.
/// </summary>
internal static class Secrets
{
    // A private key's begin is here, too, so that one search tells that a line needs no closer look.
    private static readonly SearchValues<string> Triggers = SearchValues.Create(
        [.. SecretKeys.Words, .. IssuedTokens.Prefixes, "authorization", "bearer", "basic", "eyJ", "://", PrivateKeyBlock.Begin],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a secret may be in the text.</summary>
    public static bool MayBeIn(ReadOnlySpan<char> text) => text.ContainsAny(Triggers);

    /// <summary>The text with its secrets masked; the same object when there is none.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="reachesEnd">The last secret ends with the text, so that it may go on in the next part of a cut line.</param>
    public static string Mask(string text, out bool reachesEnd)
    {
        var masking = new Masking(text);
        int position = 0;
        while (text.AsSpan(position).IndexOfAny(Triggers) is var distance and >= 0)
        {
            Secret secret = Find(text, position + distance);
            if (secret.IsThere)
            {
                masking.Mask(secret.Start, secret.End, secret.Mark);
            }

            position = secret.Next;
        }

        reachesEnd = masking.ReachesEnd;
        return masking.Result;
    }

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
