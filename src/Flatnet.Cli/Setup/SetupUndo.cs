using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Flatnet.Cli.Setup;

/// <summary>Changes back what setting up has changed, and nothing else. What is as it was already is no error.</summary>
internal sealed class SetupUndo(string root, bool force)
{
    private readonly List<string> _kept = [];

    /// <summary>What was left because somebody has changed it since, in sentences.</summary>
    public IReadOnlyList<string> Kept => _kept;

    /// <summary>A file's content as the journal records it; null when there is no such file.</summary>
    public static string? Fingerprint(string path) =>
        File.Exists(path) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))) : null;

    /// <summary>Undoes all entries, the latest first, and keeps the journal up to date.</summary>
    public void Run(SetupJournal journal)
    {
        ImmutableList<SetupEntry> left = [];
        foreach (SetupEntry entry in journal.Entries.Reverse().Where(entry => entry.Kind != SetupEntryKind.Directory))
        {
            if (!Undo(entry))
            {
                left = left.Insert(0, entry);
            }
        }

        // The journal lies in one of the directories, so it goes first.
        ImmutableList<SetupEntry> directories = journal.Entries.FindAll(entry => entry.Kind == SetupEntryKind.Directory);
        journal.Replace(left.IsEmpty ? left : directories.AddRange(left));
        foreach (SetupEntry entry in directories.Reverse())
        {
            Undo(entry);
        }
    }

    /// <returns>False when it was left as it is.</returns>
    public bool Undo(SetupEntry entry) => entry.Kind switch
    {
        SetupEntryKind.Directory => RemoveDirectory(root + entry.Path),
        SetupEntryKind.Setting => RestoreSetting(entry),
        SetupEntryKind.Link => Remove(entry, new FileInfo(root + entry.Path).LinkTarget),
        _ => Remove(entry, Fingerprint(root + entry.Path)),
    };

    private static bool RemoveDirectory(string path)
    {
        if (Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any())
        {
            Directory.Delete(path);
        }

        return true;
    }

    private bool RestoreSetting(SetupEntry entry)
    {
        string path = root + entry.Path;
        if (entry.Previous is { } previous && File.Exists(path) && File.ReadAllText(path).Trim() == entry.Content)
        {
            File.WriteAllText(path, previous + "\n");
        }

        return true;
    }

    private bool Remove(SetupEntry entry, string? current)
    {
        string path = root + entry.Path;
        bool isThere = current is not null || Path.Exists(path);
        if (isThere && current != entry.Content && !force)
        {
            // Cut short before the change was made: what is there is what was there before.
            if (entry.Backup is { } unused && !Path.Exists(root + unused))
            {
                return true;
            }

            _kept.Add($"{entry.Path} was changed since it was set up, and is left. With --force it goes, too.");
            return false;
        }

        if (isThere)
        {
            File.Delete(path);
        }

        if (entry.Backup is { } backup && Path.Exists(root + backup))
        {
            File.Move(root + backup, path);
        }

        return true;
    }
}
