namespace Flatnet.Logs.Redaction;

/// <summary>The place of a secret in a text.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends; <see cref="Start"/> when there is none.</param>
/// <param name="Next">Where the search goes on.</param>
internal readonly record struct Secret(int Start, int End, int Next)
{
    /// <summary>What replaces it.</summary>
    public string Mark { get; init; } = Masking.Mark;

    public bool IsThere => End > Start;

    /// <summary>There is none; the search goes on behind what was looked at.</summary>
    public static Secret None(int next) => new(next, next, next);

    public static Secret At(int start, int end) => new(start, end, end);
}
