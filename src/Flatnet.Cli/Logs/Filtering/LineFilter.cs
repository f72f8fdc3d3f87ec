using System.Collections.Immutable;
using Flatnet.Podman;

namespace Flatnet.Cli.Logs;

/// <summary>Which lines are wanted, judged line by line.</summary>
internal sealed class LineFilter : ILineFilter
{
    private readonly ImmutableArray<LinePattern> _patterns;
    private readonly ImmutableArray<LinePattern> _excludes;
    private readonly bool _isInverted;
    private readonly LogChannel? _channel;
    private readonly LinePattern? _rarest;

    /// <summary>A line must contain all patterns, or none if inverted, no exclude, and be of the channel if there is one.</summary>
    public LineFilter(ImmutableArray<LinePattern> patterns, bool isInverted, ImmutableArray<LinePattern> excludes, LogChannel? channel)
    {
        _patterns = patterns;
        _isInverted = isInverted;
        _excludes = excludes;
        _channel = channel;
        // The longest text is likely the rarest.
        _rarest = isInverted || patterns.IsEmpty ? null : patterns.MaxBy(pattern => pattern.Required.Length);
    }

    /// <summary>Whether every line is wanted.</summary>
    public bool IsEmpty => _patterns.IsEmpty && _excludes.IsEmpty && _channel is null;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Required => _rarest is null ? [] : _rarest.Required;

    /// <inheritdoc/>
    public bool IsMatch(in LogRecord record)
    {
        if (_channel is { } channel && record.Channel != channel)
        {
            return false;
        }

        ReadOnlySpan<byte> text = record.Text.Span;
        foreach (LinePattern pattern in _patterns)
        {
            if (pattern.IsMatch(text) == _isInverted)
            {
                return false;
            }
        }

        foreach (LinePattern exclude in _excludes)
        {
            if (exclude.IsMatch(text))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The line filters of a log query that say the same; null when Loki cannot say it.</summary>
    public string? ToLogQl()
    {
        if (_channel is not null)
        {
            return null;
        }

        string filters = "";
        foreach ((LinePattern pattern, bool excludes) in _patterns.Select(p => (p, _isInverted)).Concat(_excludes.Select(p => (p, true))))
        {
            if (pattern.ToLogQl(excludes) is not { } filter)
            {
                return null;
            }

            filters += filter;
        }

        return filters;
    }
}
