using System.Text;
using Flatnet.Cli.Files;
using Flatnet.Cli.Hosting;
using Flatnet.Cli.Networks;
using Flatnet.Ipam;

namespace Flatnet.Cli.Setup;

/// <summary>Finds out what is missing for containers to get flat addresses. Changes nothing.</summary>
internal sealed class SetupPlan(CommandContext context, SetupJournal journal, bool force)
{
    public const string BackupSuffix = ".flatnet-backup";

    private const string SettingsFile = "/etc/sysctl.d/90-flatnet.conf";
    private const string SettingsText = "# Written by flatnet setup; flatnet unsetup removes it. Containers reach other networks through this machine.\nnet.ipv4.ip_forward = 1\n";

    private readonly string _root = context.Root;
    private readonly List<SetupStep> _steps = [];
    private readonly List<string> _notes = [];
    private readonly List<string> _conflicts = [];

    /// <summary>The changes to make, in order; none when everything is in place.</summary>
    public IReadOnlyList<SetupStep> Steps => _steps;

    /// <summary>What is otherwise than a fresh set-up would have it, and stays so.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <exception cref="CommandException">Files of somebody else's are in the way, or the subnet is taken.</exception>
    public void Make(byte[] plugin, IpPrefix? subnet)
    {
        string programs = context.Environment("CNI_BIN_DIR") is { Length: > 0 } directory ? directory : "/opt/cni/bin";
        AddDirectory(Path.GetDirectoryName(SetupJournal.Location)!);
        AddDirectory(programs);
        AddFile(programs + "/flatnet", plugin, AtomicFile.Executable, "Install the plugin");
        AddLink(programs + "/flatnet-ipam", "flatnet");
        AddNetwork(subnet);
        AddDirectory(Path.GetDirectoryName(SettingsFile)!);
        AddFile(SettingsFile, Encoding.UTF8.GetBytes(SettingsText), AtomicFile.Plain, "Write");
        AddSetting("net.ipv4.ip_forward", "/proc/sys/net/ipv4/ip_forward", "1");
        if (_conflicts.Count > 0)
        {
            throw new CommandException(
                $"in the way, and not made by flatnet setup: {string.Join(", ", _conflicts)}",
                $"With --force they are replaced, and kept with {BackupSuffix} behind their names; flatnet unsetup brings them back.");
        }
    }

    private void AddDirectory(string path)
    {
        if (Directory.Exists(_root + path) || _steps.Exists(step => step.Entry.Path == path))
        {
            return;
        }

        if (Path.GetDirectoryName(path) is { Length: > 1 } parent)
        {
            AddDirectory(parent);
        }

        _steps.Add(SetupStep.ForDirectory(_root, path));
    }

    private void AddFile(string path, byte[] content, UnixFileMode mode, string verb)
    {
        string wanted = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content));
        string? current = SetupUndo.Fingerprint(_root + path);
        if (current == wanted)
        {
            return;
        }

        SetupEntry? known = journal.Find(path);
        var entry = new SetupEntry(SetupEntryKind.File, path) { Content = wanted, Backup = known?.Backup };
        if (current is not null && current == known?.Content)
        {
            byte[] before = File.ReadAllBytes(_root + path);
            _steps.Add(SetupStep.ForFile(_root, $"{verb} {path}: a newer one.", entry, content, mode) with
            {
                Restore = () => AtomicFile.Write(_root + path, before, mode),
            });
        }
        else if (TakePlace(path, ref entry))
        {
            _steps.Add(SetupStep.ForFile(_root, Describe(verb, entry), entry, content, mode));
        }
    }

    private void AddLink(string path, string target)
    {
        var entry = new SetupEntry(SetupEntryKind.Link, path) { Content = target, Backup = journal.Find(path)?.Backup };
        if (new FileInfo(_root + path).LinkTarget != target && TakePlace(path, ref entry))
        {
            SetupStep step = SetupStep.ForLink(_root, entry);
            _steps.Add(entry.Backup is null ? step : step with { Description = Describe("Link", entry) });
        }
    }

    private void AddNetwork(IpPrefix? subnet)
    {
        InstalledNetworks installed = ConflistReader.Read(context).MustBeReadable();
        if (installed.Find(NetworkPlan.Shipped.Name) is { } existing)
        {
            string file = existing.File[_root.Length..];
            if (subnet is not null || journal.Find(file) is null)
            {
                _notes.Add($"The network {existing.Name} is described by {file}, which stays as it is.");
            }

            return;
        }

        // The bridge outlives the network's file: as long as containers run, and when the file was lost.
        var wishes = new NetworkWishes
        {
            Name = NetworkPlan.Shipped.Name,
            Subnet = subnet ?? NetworkPlan.Shipped.Subnet,
            OwnBridge = NetworkPlan.Shipped.Bridge,
            Force = force,
        };
        string directory = installed.Directory[_root.Length..];
        AddDirectory(directory);
        byte[] content = Encoding.UTF8.GetBytes(ConflistWriter.Render(new NetworkPlanner(context, installed).Plan(wishes)));
        AddFile(directory + "/10-flatnet.conflist", content, AtomicFile.Plain, "Write");
    }

    private void AddSetting(string name, string path, string value)
    {
        if (!File.Exists(_root + path))
        {
            _notes.Add($"The kernel has no setting {name}: containers reach this machine only.");
        }
        else if (File.ReadAllText(_root + path).Trim() is var current && current != value)
        {
            string previous = journal.Find(path)?.Previous ?? current;
            _steps.Add(SetupStep.ForSetting(_root, name, new SetupEntry(SetupEntryKind.Setting, path) { Content = value, Previous = previous }));
        }
    }

    // Whether the file may be made: nothing is there, or what is there may be set aside.
    private bool TakePlace(string path, ref SetupEntry entry)
    {
        if (!Path.Exists(_root + path) && new FileInfo(_root + path).LinkTarget is null)
        {
            return true;
        }

        string backup = path + BackupSuffix;
        if (!force || Directory.Exists(_root + path))
        {
            _conflicts.Add(path);
            return false;
        }

        if (Path.Exists(_root + backup))
        {
            _conflicts.Add(backup);
            return false;
        }

        entry = entry with { Backup = backup };
        return true;
    }

    private static string Describe(string verb, SetupEntry entry) =>
        entry.Backup is { } backup ? $"{verb} {entry.Path}; what is there becomes {backup}." : $"{verb} {entry.Path}.";
}
