using System.Collections.Immutable;

namespace Flatnet.Settings;

/// <summary>Changes single settings of a configuration file.</summary>
public static class SettingsFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Sets one key and keeps everything else, comments included. A file that is not there is made, for its owner only.</summary>
    /// <param name="table">The settings that there are.</param>
    /// <param name="file">The YAML or JSON file, replaced at once by the changed one.</param>
    /// <param name="path">The key.</param>
    /// <param name="value">The value, as a variable or flag would say it.</param>
    /// <exception cref="SettingsException">There is no such key, the value is not accepted, or the file cannot be read, understood or written.</exception>
    public static void Set(SettingTable table, string file, string path, string value)
    {
        SettingKey key = table.Find(path) ?? throw Mistake(file: null, table.Unknown(path));
        if (SettingParser.Parse(key, value) is not { } parsed)
        {
            throw Mistake(file: null, $"'{path}'{(key.IsSecret ? "" : $" is '{value}'")}: expected {SettingParser.Accepted(key)}");
        }

        try
        {
            // A link stays one.
            bool isThere = File.Exists(file);
            string target = (isThere ? File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(file);
            string text = isThere ? SettingsFileReader.ReadText(target) : "";
            string changed = YamlEditor.Set(text, path, parsed is ImmutableArray<string> items ? items : [value], isList: key.Kind == SettingKind.List);
            Replace(target, changed);
        }
        catch (YamlSyntaxException error)
        {
            throw new SettingsException([new SettingMistake(error.Message) { File = file, Line = error.Line, Column = error.Column }]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Mistake(file, $"'{path}' cannot be set: {error.Message}");
        }
    }

    private static void Replace(string file, string text)
    {
        string temporary = Path.Join(Path.GetDirectoryName(file), $".{Path.GetFileName(file)}.{Environment.ProcessId}.tmp");
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            using (var stream = new FileStream(temporary, options))
            {
                stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
                if (!OperatingSystem.IsWindows() && File.Exists(file))
                {
                    File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(file));
                }

                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, file, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static SettingsException Mistake(string? file, string problem) => new([new SettingMistake(problem) { File = file }]);
}
