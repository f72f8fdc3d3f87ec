using Flatnet.Cli.Hosting;

namespace Flatnet.Cli.Doctor.Probes;

/// <summary>A Windows user's settings for WSL (<c>.wslconfig</c>).</summary>
internal sealed class WslConfig
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    private WslConfig(string text)
    {
        string section = "";
        foreach (string line in text.Split('\n').Select(line => line.Trim()))
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (line.StartsWith('[') && line.EndsWith(']'))
            {
                section = line[1..^1].Trim();
            }
            else if (equals > 0 && line[0] is not ('#' or ';'))
            {
                _values[$"{section}/{line[..equals].Trim()}"] = line[(equals + 1)..].Trim();
            }
        }
    }

    /// <summary>Those of all users whose files can be read from here.</summary>
    public static IReadOnlyList<WslConfig> ReadAll(CommandContext context)
    {
        var found = new List<WslConfig>();
        try
        {
            foreach (string user in Directory.EnumerateDirectories(context.Root + "/mnt/c/Users"))
            {
                if (File.Exists(user + "/.wslconfig"))
                {
                    found.Add(new WslConfig(File.ReadAllText(user + "/.wslconfig")));
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Other users' directories are usually closed.
        }

        return found;
    }

    /// <summary>A value; null when it is not set.</summary>
    public string? Value(string section, string key) => _values.GetValueOrDefault($"{section}/{key}");
}
