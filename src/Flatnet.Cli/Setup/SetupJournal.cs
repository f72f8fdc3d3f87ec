using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Flatnet.Cli.Files;
using Flatnet.Cli.Hosting;
using Flatnet.Cli.Json;
using Flatnet.Ipam;

namespace Flatnet.Cli.Setup;

/// <summary>What <c>setup</c> has changed on this machine, in order. It is written before each change, so that a change that was
/// cut short can be undone as well.</summary>
internal sealed class SetupJournal(string root)
{
    public const string Location = "/var/lib/flatnet/setup.json";

    private const int Version = 1;

    private readonly string _file = root + Location;

    public ImmutableList<SetupEntry> Entries { get; private set; } = [];

    /// <summary>Reads the journal; without one there are no entries.</summary>
    /// <exception cref="CommandException">It cannot be read, or another version wrote it.</exception>
    public static SetupJournal Open(string root)
    {
        var journal = new SetupJournal(root);
        if (File.Exists(journal._file))
        {
            journal.Entries = AtomicFile.Explained($"cannot read {Location}", () => Parse(File.ReadAllBytes(journal._file)));
        }

        return journal;
    }

    public SetupEntry? Find(string path) => Entries.Find(entry => entry.Path == path);

    /// <summary>Notes an entry, in place of an earlier one for the same path.</summary>
    public void Add(SetupEntry entry) => Replace(Find(entry.Path) is { } earlier ? Entries.Replace(earlier, entry) : Entries.Add(entry));

    /// <summary>Writes the entries, or removes the journal when there are none. As long as its directory is missing it only remembers them.</summary>
    public void Replace(ImmutableList<SetupEntry> entries)
    {
        Entries = entries;
        if (entries.IsEmpty)
        {
            File.Delete(_file);
        }
        else if (Directory.Exists(Path.GetDirectoryName(_file)))
        {
            AtomicFile.Write(_file, Encoding.UTF8.GetBytes(Render(entries)), AtomicFile.Plain);
        }
    }

    private static string Render(ImmutableList<SetupEntry> entries) => JsonOutput.Render(writer =>
    {
        writer.WriteNumber("version", Version);
        writer.WriteStartArray("changes");
        foreach (SetupEntry entry in entries)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", NameOf(entry.Kind));
            writer.WriteString("path", entry.Path);
            WriteText(writer, "content", entry.Content);
            WriteText(writer, "previous", entry.Previous);
            WriteText(writer, "backup", entry.Backup);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static ImmutableList<SetupEntry> Parse(byte[] json)
    {
        const string Advice = "What setup has changed is not known without it; look at the file, and move it away to start afresh.";
        try
        {
            var source = new ConfigObject(JsonValue.Parse(json), "");
            return source.Int("version") == Version
                ? [.. (source.Array("changes") ?? []).Select((change, index) => ReadEntry(new ConfigObject(change, $"changes[{index}]")))]
                : throw new CommandException($"{Location} is of another version of Flatnet", Advice);
        }
        catch (Exception error) when (error is JsonException or ConfigException)
        {
            throw new CommandException($"{Location} does not parse: {error.Message}", Advice, ExitCodes.Failure, error);
        }
    }

    private static SetupEntry ReadEntry(ConfigObject change)
    {
        SetupEntryKind kind = change.String("kind") switch
        {
            "directory" => SetupEntryKind.Directory,
            "file" => SetupEntryKind.File,
            "link" => SetupEntryKind.Link,
            "setting" => SetupEntryKind.Setting,
            _ => throw change.Invalid("kind", "directory, file, link or setting"),
        };
        string path = change.String("path") is { } text && Path.IsPathRooted(text) ? text : throw change.Invalid("path", "an absolute path");
        return new SetupEntry(kind, path)
        {
            Content = change.String("content"),
            Previous = change.String("previous"),
            Backup = change.String("backup"),
        };
    }

    private static string NameOf(SetupEntryKind kind) => kind switch
    {
        SetupEntryKind.Directory => "directory",
        SetupEntryKind.File => "file",
        SetupEntryKind.Link => "link",
        _ => "setting",
    };
}
