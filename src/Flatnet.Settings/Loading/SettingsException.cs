using System.Collections.Immutable;

namespace Flatnet.Settings;

/// <summary>The configuration makes no sense; each mistake is named.</summary>
public sealed class SettingsException(ImmutableArray<SettingMistake> mistakes) : Exception(string.Join('\n', mistakes))
{
    /// <summary>At least one.</summary>
    public ImmutableArray<SettingMistake> Mistakes { get; } = mistakes;
}
