using System.Collections.Immutable;

namespace Flatnet.Logs.Redaction;

/// <summary>Keys and tokens that services issue with a prefix of their own.</summary>
internal static class IssuedTokens
{
    /// <summary>With the least number of letters, digits, <c>-</c> and <c>_</c> that must follow.</summary>
    private static readonly ImmutableArray<(string Prefix, int Least)> Kinds =
    [
        ("AKIA", 16), ("ASIA", 16), ("AIza", 30),
        ("ghp_", 30), ("gho_", 30), ("ghu_", 30), ("ghs_", 30), ("ghr_", 30), ("github_pat_", 20), ("glpat-", 16),
        ("xoxb-", 10), ("xoxp-", 10), ("xoxa-", 10), ("xoxs-", 10), ("xapp-", 10),
        ("sk_live_", 16), ("rk_live_", 16), ("npm_", 30),
    ];

    public static IEnumerable<string> Prefixes => Kinds.Select(kind => kind.Prefix);

    public static Secret Find(ReadOnlySpan<char> text, int start)
    {
        ReadOnlySpan<char> rest = text[start..];
        foreach ((string prefix, int least) in Kinds)
        {
            if (rest.StartsWith(prefix))
            {
                int length = prefix.Length;
                while (length < rest.Length && (char.IsAsciiLetterOrDigit(rest[length]) || rest[length] is '-' or '_'))
                {
                    length++;
                }

                return length >= prefix.Length + least ? Secret.At(start, start + length) : Secret.None(start + 1);
            }
        }

        return Secret.None(start + 1);
    }
}
