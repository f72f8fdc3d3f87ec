namespace Flatnet.Settings;

/// <summary>One thing that is wrong with the configuration.</summary>
/// <param name="Problem">What, at which key or variable, and what is accepted. No secret is in it.</param>
public sealed record SettingMistake(string Problem)
{
    /// <summary>The file that it is in; null when it is in none.</summary>
    public string? File { get; init; }

    /// <summary>The line, from 1; 0 when it is in none.</summary>
    public int Line { get; init; }

    /// <summary>The column, from 1; 0 when it is in none.</summary>
    public int Column { get; init; }

    /// <summary>In one line, with the place.</summary>
    public override string ToString() =>
        File is null ? Problem : Line == 0 ? $"{File}: {Problem}" : $"{File}, line {Line}, column {Column}: {Problem}";
}
