using Flatnet.Cni.Protocol;

namespace Flatnet.Cni.Addressing;

/// <summary>Finds a delegate in <c>CNI_PATH</c> (spec, "Section 4: plugin delegation").</summary>
internal static class PluginPath
{
    /// <summary>The first regular file of that name, symbolic links followed; null when there is none.</summary>
    public static string? Find(string name, string searchPath)
    {
        foreach (string directory in searchPath.Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            string candidate = Path.Join(directory, name);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>The same, or code 120.</summary>
    public static string Require(string name, string searchPath) => Find(name, searchPath) ?? throw new CniException(
        ErrorCode.DelegateNotFound,
        $"failed to find plugin \"{name}\" in path [{searchPath.Replace(':', ' ')}]",
        "install it there or correct ipam.type");

    /// <summary>Whether the file is this program, under whatever name.</summary>
    public static bool IsThisProgram(string file) => FileIdentity.Of(file) is { } found && found == FileIdentity.Of("/proc/self/exe");
}
