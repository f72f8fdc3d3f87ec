using System.Collections.Frozen;
using System.Collections.Immutable;
using Flatnet.Logs.Text;

namespace Flatnet.Settings;

/// <summary>All settings of a program.</summary>
public sealed class SettingTable
{
    private readonly FrozenDictionary<string, SettingKey> _keys;
    private readonly FrozenSet<string> _sections;

    /// <summary>Takes the keys.</summary>
    /// <exception cref="ArgumentException">Two have the same path, one is a section of another, or a default is not accepted.</exception>
    public SettingTable(IEnumerable<SettingKey> keys)
    {
        Keys = [.. keys];
        _keys = Keys.ToFrozenDictionary(key => key.Path);
        _sections = Keys.SelectMany(key => Sections(key.Path)).ToFrozenSet();
        foreach (SettingKey key in Keys)
        {
            if (_sections.Contains(key.Path))
            {
                throw new ArgumentException($"'{key.Path}' is a setting and a section.", nameof(keys));
            }

            if (key.Default is not null && SettingParser.Parse(key, key.Default) is null)
            {
                throw new ArgumentException($"The default of '{key.Path}' is not {SettingParser.Accepted(key)}.", nameof(keys));
            }
        }
    }

    /// <summary>The keys, in the order in which they are shown.</summary>
    public ImmutableArray<SettingKey> Keys { get; }

    /// <summary>The key of a path; null when there is none.</summary>
    public SettingKey? Find(string path) => _keys.GetValueOrDefault(path);

    internal bool IsSection(string path) => _sections.Contains(path);

    /// <summary>The key whose value a file holds that this path names: <c>auth.token</c> for <c>auth.tokenFile</c>.</summary>
    internal SettingKey? FindByFile(string path) =>
        path.EndsWith(SettingNames.FileSuffix, StringComparison.Ordinal) && Find(path[..^SettingNames.FileSuffix.Length]) is { IsSecret: true } key ? key : null;

    /// <summary>What is wrong with a path that is no setting, with the nearest that is one.</summary>
    internal string Unknown(string path)
    {
        List<string> near = NearMatch.Find(path, Keys.Select(key => key.Path).Concat(_sections));
        return $"'{path}' is no setting{(near.Count > 0 ? $"; did you mean '{near[0]}'?" : "")}";
    }

    private static IEnumerable<string> Sections(string path)
    {
        for (int dot = path.IndexOf('.'); dot > 0; dot = path.IndexOf('.', dot + 1))
        {
            yield return path[..dot];
        }
    }
}
