namespace Flatnet.Command.Tests.Harness;

/// <summary>Removes the control groups that engines made for a sandbox, in every hierarchy of version 1 or in the one of version 2.</summary>
internal static class Cgroups
{
    private const string Root = "/sys/fs/cgroup";

    public static void Remove(string name)
    {
        foreach (string hierarchy in (string[])[Root, .. Directory.GetDirectories(Root)])
        {
            string group = Path.Combine(hierarchy, name);
            if (Directory.Exists(group))
            {
                RemoveTree(group);
            }
        }
    }

    private static void RemoveTree(string group)
    {
        foreach (string child in Directory.GetDirectories(group))
        {
            RemoveTree(child);
        }

        // The kernel counts a killed process as a member for a moment longer.
        Eventually.True(() => TryRemove(group), $"control group {group} can be removed");
    }

    private static bool TryRemove(string group)
    {
        try
        {
            Directory.Delete(group);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
