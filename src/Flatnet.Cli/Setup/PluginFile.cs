using Flatnet.Cli.Files;
using Flatnet.Cli.Hosting;

namespace Flatnet.Cli.Setup;

/// <summary>The plugin that is to be installed.</summary>
internal static class PluginFile
{
    private const string Name = "flatnet";
    private const string SystemDirectory = "/usr/local/lib/flatnet";

    /// <summary>Reads it from the directory that the user named, or from the places where it is shipped.</summary>
    /// <exception cref="CommandException">It is not there, or is no program.</exception>
    public static byte[] Read(CommandContext context, string? directory)
    {
        string[] places = directory is not null
            ? [Path.Combine(Path.GetFullPath(directory), Name)]
            : [Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "cni", Name)), $"{context.Root}{SystemDirectory}/{Name}"];
        string file = Array.Find(places, File.Exists) ?? throw new CommandException(
            $"there is no plugin at {string.Join(" or ", places)}",
            "Name the directory that holds it: --from DIR");
        byte[] content = AtomicFile.Explained($"cannot read {file}", () => File.ReadAllBytes(file));
        return content.AsSpan().StartsWith("\u007fELF"u8) ? content : throw new CommandException($"{file} is no program of Linux");
    }
}
