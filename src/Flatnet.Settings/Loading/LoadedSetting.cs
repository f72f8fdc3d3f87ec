namespace Flatnet.Settings;

/// <summary>A setting's value, understood.</summary>
/// <param name="Value">A string, long, double, TimeSpan, bool or array of strings, as the kind asks for; null for none.</param>
/// <param name="Text">The value as it was written.</param>
/// <param name="Origin">Where it is from.</param>
/// <param name="SecretFile">The file that holds it; null when it was written itself.</param>
internal sealed record LoadedSetting(object? Value, string? Text, string Origin, string? SecretFile = null);
