using System.Text.RegularExpressions;
using Flatnet.Logs;

namespace Flatnet.Server.Storage;

/// <summary>Which lines are wanted, by what is in them. Levels are as stored: who builds a filter puts TRACE beside DEBUG and FATAL beside ERROR.</summary>
internal sealed record LogFilter
{
    public static readonly LogFilter All = new();

    /// <summary>Bit n is set if source number n is wanted.</summary>
    public int Sources { get; init; } = ~0;

    /// <summary>Bit n is set if level number n is wanted.</summary>
    public int Levels { get; init; } = ~0;

    /// <summary>Must be in the message, in any case (ordinal); null for anything.</summary>
    public string? Text { get; init; }

    /// <summary>Must match the message; made with <see cref="RegexOptions.NonBacktracking"/>. Null for anything.</summary>
    public Regex? Pattern { get; init; }

    /// <summary>Whether messages have to be read to tell.</summary>
    public bool NeedsText => Text is { Length: > 0 } || Pattern is not null;

    public bool Matches(LogEntry entry) =>
        (Sources & (1 << (int)entry.Source)) != 0
        && (Levels & (1 << (int)entry.Level)) != 0
        && (Text is null || entry.Message.Contains(Text, StringComparison.OrdinalIgnoreCase))
        && (Pattern is null || Pattern.IsMatch(entry.Message));
}
