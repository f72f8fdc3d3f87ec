using System.Collections.Immutable;

namespace Flatnet.Settings;

/// <summary>The values of all settings of a table.</summary>
public sealed class SettingValues
{
    private const string Hidden = "***";

    private readonly SettingTable _table;
    private readonly Dictionary<string, LoadedSetting> _loaded;

    internal SettingValues(SettingTable table, Dictionary<string, LoadedSetting> loaded)
    {
        _table = table;
        _loaded = loaded;
    }

    /// <summary>All, in the order of the table, as they may be shown.</summary>
    public IReadOnlyList<SettingValue> All => [.. _table.Keys.Select(key =>
    {
        LoadedSetting loaded = _loaded[key.Path];
        return new SettingValue(key, loaded.Text is not null && key.IsSecret ? Hidden : loaded.Text, loaded.Origin);
    })];

    /// <summary>The text; null when nobody said one and there is no default.</summary>
    public string? Text(string path) => (string?)Find(path, SettingKind.Text).Value;

    /// <summary>The whole number.</summary>
    public int Whole(string path) => (int)(long)Value(path, SettingKind.Whole);

    /// <summary>The number.</summary>
    public double Number(string path) => (double)Value(path, SettingKind.Number);

    /// <summary>The size in bytes.</summary>
    public long Size(string path) => (long)Value(path, SettingKind.Size);

    /// <summary>The length of time.</summary>
    public TimeSpan Duration(string path) => (TimeSpan)Value(path, SettingKind.Duration);

    /// <summary>Whether it is on.</summary>
    public bool Flag(string path) => (bool)Value(path, SettingKind.Flag);

    /// <summary>The texts; none when nobody said any and there is no default.</summary>
    public ImmutableArray<string> List(string path) => (ImmutableArray<string>)(Find(path, SettingKind.List).Value ?? ImmutableArray<string>.Empty);

    /// <summary>Whether there is a value, be it the default.</summary>
    public bool Has(string path) => Find(path).Value is not null;

    /// <summary>Where the value is from: <c>default</c>, <c>flag</c>, <c>variable NAME</c>, <c>file.yaml:3</c>.</summary>
    public string Origin(string path) => Find(path).Origin;

    /// <summary>The file that holds a secret, to be read again when the secret changes; null when the value itself was written.</summary>
    public string? SecretFile(string path) => Find(path).SecretFile;

    private object Value(string path, SettingKind kind) =>
        Find(path, kind).Value ?? throw new InvalidOperationException($"'{path}' has neither value nor default; ask {nameof(Has)} first.");

    private LoadedSetting Find(string path, SettingKind kind) =>
        _table.Find(path) is not { } key || key.Kind == kind ? Find(path) : throw new InvalidOperationException($"'{path}' is {key.Kind}, not {kind}.");

    private LoadedSetting Find(string path) => _loaded.GetValueOrDefault(path) ?? throw new ArgumentException(_table.Unknown(path), nameof(path));
}
