using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Flatnet.Logs.Redaction;

/// <summary>The filters of a log, compiled once and used by every <see cref="LineRedactor"/>; of any number of threads.</summary>
public sealed class LogFilter
{
    private readonly ImmutableArray<Regex> _includes;
    private readonly ImmutableArray<Regex> _excludes;
    private readonly TimeSpan _budget;

    /// <summary>Compiles the patterns.</summary>
    /// <exception cref="ArgumentException">A pattern or a bound makes no sense; the message is for whoever configured it.</exception>
    public LogFilter(LogFilterOptions options)
    {
        if (options.MaxMessageLength < LogFilterOptions.LeastMessageLength)
        {
            throw new ArgumentException($"the longest message must have at least {LogFilterOptions.LeastMessageLength} bytes, not {options.MaxMessageLength}.");
        }

        if (options.Budget <= TimeSpan.Zero || options.Budget > TimeSpan.FromMinutes(1))
        {
            throw new ArgumentException($"the budget of a line must be longer than nothing and at most a minute, not {options.Budget}.");
        }

        MaxMessageLength = options.MaxMessageLength;
        DropsExcluded = options.Mode == RedactionMode.Drop;
        _budget = options.Budget;
        _includes = options.IncludePatterns.Contains(".*") ? [] : Compile(options.IncludePatterns, "include");
        // The default patterns stand for the secrets that are masked anyway; as patterns they would mask whole lines.
        _excludes = Compile(DropsExcluded ? options.ExcludePatterns : options.ExcludePatterns.RemoveRange(LogFilterOptions.DefaultExcludePatterns), "exclude");
    }

    internal int MaxMessageLength { get; }

    /// <summary>A line that an exclude pattern matches is left out, not masked.</summary>
    internal bool DropsExcluded { get; }

    internal bool HasExcludes => !_excludes.IsEmpty;

    /// <summary>There is no pattern to match.</summary>
    internal bool IsPlain => _includes.IsEmpty && _excludes.IsEmpty;

    internal bool Includes(string text)
    {
        foreach (Regex pattern in _includes)
        {
            if (IsMatch(pattern, text, whenTooSlow: true))
            {
                return true;
            }
        }

        return _includes.IsEmpty;
    }

    internal bool Excludes(string text)
    {
        foreach (Regex pattern in _excludes)
        {
            if (IsMatch(pattern, text, whenTooSlow: false))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text with what the exclude patterns match masked; wholly masked when that takes too long.</summary>
    internal string MaskExcluded(string text)
    {
        long start = Stopwatch.GetTimestamp();
        foreach (Regex pattern in _excludes)
        {
            try
            {
                text = Mask(pattern, text);
            }
            catch (RegexMatchTimeoutException)
            {
                return Masking.Mark;
            }

            if (Stopwatch.GetElapsedTime(start) > _budget)
            {
                return Masking.Mark;
            }
        }

        return text;
    }

    private static string Mask(Regex pattern, string text)
    {
        var masking = new Masking(text);
        int masked = 0;
        foreach (ValueMatch match in pattern.EnumerateMatches(text))
        {
            int start = match.Index;
            int end = match.Index + match.Length;
            // A mark is one thing: it is masked again as a whole, with what is around it, or not at all.
            int around = Masking.StartOfMarkAround(text, end);
            end = around < 0 ? end : around + Masking.Mark.Length;
            around = Masking.StartOfMarkAround(text, start);
            start = Math.Max(masked, around < 0 ? start : around);
            if (match.Length > 0 && end > start && !text.AsSpan(start, end - start).SequenceEqual(Masking.Mark))
            {
                masking.Mask(start, end);
                masked = end;
            }
        }

        return masking.Result;
    }

    // When in doubt, a line is kept and masked rather than lost.
    private static bool IsMatch(Regex pattern, string text, bool whenTooSlow)
    {
        try
        {
            return pattern.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return whenTooSlow;
        }
    }

    private ImmutableArray<Regex> Compile(ImmutableArray<string> patterns, string what) => [.. patterns.Select(pattern =>
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, _budget);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new ArgumentException(
                $"the {what} pattern '{pattern}' is no regular expression that can be matched in linear time (without look-around and back-references): {error.Message}", error);
        }
    })];
}
