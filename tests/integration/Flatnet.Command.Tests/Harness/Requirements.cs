namespace Flatnet.Command.Tests.Harness;

/// <summary>What must be there for a test to run.</summary>
internal static class Requirements
{
    private static readonly string[] Directories = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    /// <summary>What is missing, said in words; null when nothing is.</summary>
    public static string? Missing(string[] programs)
    {
        if (Environment.UserName != "root")
        {
            return "needs root: run with sudo";
        }

        string[] missing = [.. programs.Where(program => !Directories.Any(directory => File.Exists($"{directory}/{program}")))];
        return missing.Length == 0 ? null : $"not installed: {string.Join(", ", missing)} (scripts/install-packages.sh test)";
    }
}
