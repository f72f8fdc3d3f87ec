using System.Collections.Immutable;

namespace Flatnet.Settings;

/// <summary>Reads a program's settings from everywhere.</summary>
public static class SettingsLoader
{
    /// <summary>Of each setting the value of the source that wins; what the others say of it need not make sense.</summary>
    /// <exception cref="SettingsException">With all mistakes.</exception>
    public static SettingValues Load(SettingTable table, SettingSources sources)
    {
        var mistakes = new List<SettingMistake>();
        Dictionary<string, WrittenSetting> file = sources.File is null ? [] : SettingsFileReader.Read(table, sources.File, mistakes);
        foreach (string path in sources.Flags.Keys.Where(path => table.Find(path) is null).Order(StringComparer.Ordinal))
        {
            mistakes.Add(new SettingMistake(table.Unknown(path)));
        }

        var loaded = new Dictionary<string, LoadedSetting>(table.Keys.Length);
        foreach (SettingKey key in table.Keys)
        {
            WrittenSetting? written = FromFlag(key, sources.Flags) ?? FromEnvironment(key, sources.Environment) ?? file.GetValueOrDefault(key.Path);
            loaded[key.Path] = written is null ? Default(key) : Understand(key, written, mistakes) ?? Default(key);
        }

        return mistakes.Count == 0 ? new SettingValues(table, loaded) : throw new SettingsException([.. mistakes]);
    }

    private static WrittenSetting? FromFlag(SettingKey key, IReadOnlyDictionary<string, string> flags) =>
        flags.TryGetValue(key.Path, out string? text) ? new WrittenSetting($"the flag for '{key.Path}'", "flag") { Text = text } : null;

    private static WrittenSetting? FromEnvironment(SettingKey key, Func<string, string?> environment)
    {
        foreach (string variable in key.Variables)
        {
            if (environment(variable) is { Length: > 0 } text)
            {
                return new WrittenSetting(variable, $"variable {variable}") { Text = text };
            }

            string fileVariable = variable + SettingNames.FileVariableSuffix;
            if (key.IsSecret && environment(fileVariable) is { Length: > 0 } file)
            {
                return new WrittenSetting(fileVariable, $"variable {fileVariable}") { Text = file, FileFrom = Environment.CurrentDirectory };
            }
        }

        return null;
    }

    private static LoadedSetting Default(SettingKey key) =>
        new(key.Default is null ? null : SettingParser.Parse(key, key.Default), key.Default, "default");

    private static LoadedSetting? Understand(SettingKey key, WrittenSetting written, List<SettingMistake> mistakes)
    {
        string? text = written.Text;
        string? secretFile = null;
        if (written.FileFrom is not null && text is not null)
        {
            secretFile = Path.Join(Path.IsPathRooted(text) ? "" : written.FileFrom, text);
            try
            {
                text = SecretFile.Read(secretFile);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
            {
                mistakes.Add(written.Mistake($"{written.Name}: the file {secretFile} with the value cannot be read: {error.Message}"));
                return null;
            }
        }

        object? value = written.Items is { } items ? (key.Kind == SettingKind.List ? items : null)
            : text is null ? null
            // In a file one text is a list of it, commas and all; in a variable commas divide.
            : key.Kind == SettingKind.List && written.File is not null ? ImmutableArray.Create(text)
            : SettingParser.Parse(key, text);
        if (value is null)
        {
            string shown = key.IsSecret || text is null ? "" : $" is '{text}'";
            mistakes.Add(written.Mistake($"{written.Name}{shown}: expected {SettingParser.Accepted(key)}"));
            return null;
        }

        return new LoadedSetting(value, text ?? string.Join(',', (ImmutableArray<string>)value), written.Origin, secretFile);
    }
}
