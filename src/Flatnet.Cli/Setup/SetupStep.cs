using Flatnet.Cli.Files;

namespace Flatnet.Cli.Setup;

/// <summary>One change that setting up makes.</summary>
/// <param name="Description">What it does, as a sentence.</param>
/// <param name="Entry">What the journal says about it.</param>
/// <param name="Apply">Makes the change.</param>
internal sealed record SetupStep(string Description, SetupEntry Entry, Action Apply)
{
    /// <summary>Undoes it in another way than the journal's entry would, because the step replaced something of ours.</summary>
    public Action? Restore { get; init; }

    public static SetupStep ForDirectory(string root, string path) =>
        new($"Create the directory {path}.", new SetupEntry(SetupEntryKind.Directory, path), () => Directory.CreateDirectory(root + path));

    public static SetupStep ForLink(string root, SetupEntry link) => new($"Link {link.Path} to {link.Content}.", link, () =>
    {
        SetAside(root, link);
        File.CreateSymbolicLink(root + link.Path, link.Content!);
    });

    public static SetupStep ForSetting(string root, string name, SetupEntry setting) =>
        new($"Set {name} to {setting.Content}; it is {setting.Previous}.", setting, () => File.WriteAllText(root + setting.Path, setting.Content + "\n"));

    public static SetupStep ForFile(string root, string description, SetupEntry file, byte[] content, UnixFileMode mode) => new(description, file, () =>
    {
        SetAside(root, file);
        AtomicFile.Write(root + file.Path, content, mode);
    });

    // The file that is in the way; one that was set aside before stays where it is.
    private static void SetAside(string root, SetupEntry entry)
    {
        if (entry.Backup is { } backup && !Path.Exists(root + backup))
        {
            File.Move(root + entry.Path, root + backup, overwrite: false);
        }
    }
}
