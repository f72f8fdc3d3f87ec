using System.Text;

namespace Flatnet.Settings;

/// <summary>Reads what a YAML or JSON file sets.</summary>
internal static class SettingsFileReader
{
    private const int MaxLength = 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What is written, by the key's path. A key without a value counts as not written.</summary>
    public static Dictionary<string, WrittenSetting> Read(SettingTable table, string file, List<SettingMistake> mistakes)
    {
        var written = new Dictionary<string, WrittenSetting>();
        try
        {
            if (YamlReader.Read(ReadText(file)) is { } document)
            {
                new Walk(table, file, written, mistakes).Section(document, "");
            }
        }
        catch (YamlSyntaxException error)
        {
            mistakes.Add(new SettingMistake(error.Message) { File = file, Line = error.Line, Column = error.Column });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            mistakes.Add(new SettingMistake($"the configuration cannot be read: {error.Message}") { File = file });
        }

        return written;
    }

    /// <summary>The whole file.</summary>
    /// <exception cref="IOException">It cannot be read, is too long or not UTF-8.</exception>
    public static string ReadText(string file)
    {
        using FileStream stream = File.OpenRead(file);
        byte[] content = new byte[MaxLength + 1];
        int length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        if (length > MaxLength)
        {
            throw new IOException($"it has more than {MaxLength} bytes");
        }

        try
        {
            return Strict.GetString(content, 0, length);
        }
        catch (DecoderFallbackException error)
        {
            throw new IOException($"it is not UTF-8 at byte {error.Index}", error);
        }
    }

    private sealed class Walk(SettingTable table, string file, Dictionary<string, WrittenSetting> written, List<SettingMistake> mistakes)
    {
        private readonly HashSet<string> _seen = [];

        public void Section(YamlMapping mapping, string prefix)
        {
            foreach ((YamlScalar name, YamlNode value) in mapping.Entries)
            {
                Entry(prefix + name.Value, name, value);
            }
        }

        private void Entry(string path, YamlScalar name, YamlNode value)
        {
            SettingKey? key = table.Find(path) ?? table.FindByFile(path);
            if (key is null && !table.IsSection(path))
            {
                Add(name, table.Unknown(path));
            }
            else if (!_seen.Add(path))
            {
                Add(name, $"'{path}' is there twice");
            }
            else if (value is YamlScalar { IsNull: true })
            {
                // Its value is commented out, perhaps.
            }
            else if (key is not null)
            {
                Setting(key, path, value);
            }
            else if (value is YamlMapping section)
            {
                Section(section, path + ".");
            }
            else
            {
                Add(value, $"'{path}': expected a section with settings below it");
            }
        }

        private void Setting(SettingKey key, string path, YamlNode value)
        {
            var setting = new WrittenSetting($"'{path}'", $"{file}:{value.Line}")
            {
                Text = (value as YamlScalar)?.Value,
                Items = (value as YamlSequence)?.Texts,
                FileFrom = key.Path != path ? Path.GetDirectoryName(Path.GetFullPath(file)) : null,
                File = file,
                Line = value.Line,
                Column = value.Column,
            };
            if (!written.TryAdd(key.Path, setting))
            {
                Add(value, $"'{key.Path}' and '{key.Path}{SettingNames.FileSuffix}' say the same: keep one of them");
            }
        }

        private void Add(YamlNode place, string problem) =>
            mistakes.Add(new SettingMistake(problem) { File = file, Line = place.Line, Column = place.Column });
    }
}
