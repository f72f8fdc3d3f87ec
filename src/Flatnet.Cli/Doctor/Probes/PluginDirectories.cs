using System.Collections.Immutable;
using Flatnet.Cli.Hosting;

namespace Flatnet.Cli.Doctor.Probes;

/// <summary>Where Podman looks for plugins: <c>cni_plugin_dirs</c> of containers.conf(5), else its defaults.</summary>
internal static class PluginDirectories
{
    private const string Key = "cni_plugin_dirs";

    // Podman's defaults, in its order.
    private static readonly ImmutableArray<string> Defaults =
        ["/usr/local/libexec/cni", "/usr/libexec/cni", "/usr/local/lib/cni", "/usr/lib/cni", "/opt/cni/bin"];

    /// <summary>The directories in order, without the context's root.</summary>
    public static ImmutableArray<string> Of(CommandContext context)
    {
        // The one that the environment names replaces all others.
        ImmutableArray<string> files = context.Environment("CONTAINERS_CONF") is { Length: > 0 } given
            ? [given]
            : ["/etc/containers/containers.conf", "/usr/share/containers/containers.conf"];
        foreach (string file in files)
        {
            if (Read(context.Root + file) is { IsEmpty: false } directories)
            {
                return directories;
            }
        }

        return Defaults;
    }

    /// <summary>The path of a plugin, without the context's root; null when no directory has it.</summary>
    public static string? Find(CommandContext context, string plugin) =>
        Of(context).Select(directory => $"{directory}/{plugin}").FirstOrDefault(path => File.Exists(context.Root + path));

    // The value may go over several lines: all strings from the key to the closing bracket.
    private static ImmutableArray<string> Read(string file)
    {
        try
        {
            IEnumerable<string> lines = File.ReadLines(file).Select(line => line.Trim()).Where(line => !line.StartsWith('#'));
            string text = string.Join('\n', lines.SkipWhile(line => !line.StartsWith(Key, StringComparison.Ordinal)));
            int end = text.IndexOf(']', StringComparison.Ordinal);
            string[] parts = end < 0 ? [] : text[..end].Split('"', '\'');
            return [.. parts.Where((_, index) => index % 2 == 1)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
