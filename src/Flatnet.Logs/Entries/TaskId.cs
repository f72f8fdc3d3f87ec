using System.Buffers;

namespace Flatnet.Logs;

/// <summary>What a task may be called: letters, digits, <c>. _ - :</c>, at most 128, and not <c>status</c>, which is a channel's name.</summary>
public static class TaskId
{
    /// <summary>The longest ID, in characters.</summary>
    public const int MaxLength = 128;

    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-:");

    /// <summary>Whether a text may name a task.</summary>
    public static bool IsValid(string? text) =>
        text is { Length: > 0 and <= MaxLength } && text is not ("status" or "." or "..") && !text.AsSpan().ContainsAnyExcept(Characters);
}
