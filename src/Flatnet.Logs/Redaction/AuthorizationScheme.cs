using System.Buffers;

namespace Flatnet.Logs.Redaction;

/// <summary>What follows <c>Bearer</c> or <c>Basic</c>, unless it is a word of a sentence: "basic authentication".</summary>
internal static class AuthorizationScheme
{
    private const int LongestWord = 20;

    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=");

    public static Secret Find(ReadOnlySpan<char> text, int scheme)
    {
        int start = scheme;
        while (start < text.Length && char.IsAsciiLetter(text[start]))
        {
            start++;
        }

        int afterName = start;
        start += Blanks.Length(text, start);
        ReadOnlySpan<char> token = text[start..];
        token = token.IndexOfAnyExcept(Characters) is var other and >= 0 ? token[..other] : token;
        bool isScheme = afterName - scheme <= "bearer".Length && start > afterName;
        return !isScheme || token.IsEmpty || IsWord(token) ? Secret.None(afterName) : Secret.At(start, start + token.Length);
    }

    // Small letters, perhaps after a capital one, or capitals alone: base64 mixes them and has digits.
    private static bool IsWord(ReadOnlySpan<char> token)
    {
        ReadOnlySpan<char> word = token.TrimEnd(".-=");
        return word.Length <= LongestWord
            && (word.IsEmpty || (char.IsAsciiLetter(word[0]) && (!word[1..].ContainsAnyExceptInRange('a', 'z') || !word.ContainsAnyExceptInRange('A', 'Z'))));
    }
}
