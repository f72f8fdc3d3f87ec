namespace Flatnet.Logs;

/// <summary>What one kind of evidence says: nothing, one level, or different ones.</summary>
internal readonly struct Finding
{
    private readonly LogLevel _level;
    private readonly bool _isContradiction;

    private Finding(LogLevel level, bool isContradiction)
    {
        _level = level;
        _isContradiction = isContradiction;
    }

    public bool IsAny => _level != 0;

    /// <summary>The level if there is exactly one.</summary>
    public LogLevel? Decided => _level == 0 || _isContradiction ? null : _level;

    public static Finding Of(LogLevel level) => new(level, false);

    /// <summary>With one more piece of evidence of the same kind.</summary>
    public Finding And(LogLevel? level) => level is not { } other ? this : new(other, _isContradiction || (IsAny && other != _level));
}
