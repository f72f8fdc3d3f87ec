namespace Flatnet.Settings;

/// <summary>A setting with its value as it may be shown.</summary>
/// <param name="Key">The setting.</param>
/// <param name="Text">The value as it was written, <c>***</c> for a secret; null for none.</param>
/// <param name="Origin">Where it is from: <c>default</c>, <c>flag</c>, <c>variable NAME</c>, <c>file.yaml:3</c>.</param>
public sealed record SettingValue(SettingKey Key, string? Text, string Origin);
